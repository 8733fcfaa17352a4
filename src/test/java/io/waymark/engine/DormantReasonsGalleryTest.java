package io.waymark.engine;

class DormantReasonsGalleryTest extends GalleryWalk {

  DormantReasonsGalleryTest() {
    super("dormant-reasons");
  }
}
