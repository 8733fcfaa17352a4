package io.waymark.engine;

class AdvisoryWeeklyGalleryTest extends GalleryWalk {

  AdvisoryWeeklyGalleryTest() {
    super("advisory-weekly");
  }
}
