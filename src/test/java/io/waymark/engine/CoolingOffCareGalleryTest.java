package io.waymark.engine;

class CoolingOffCareGalleryTest extends GalleryWalk {

  CoolingOffCareGalleryTest() {
    super("cooling-off-care");
  }
}
