package io.waymark.engine;

class ComplaintCareGalleryTest extends GalleryWalk {

  ComplaintCareGalleryTest() {
    super("complaint-care");
  }
}
