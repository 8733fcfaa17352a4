package io.waymark.engine;

class DcaRescueGalleryTest extends GalleryWalk {

  DcaRescueGalleryTest() {
    super("dca-rescue");
  }
}
