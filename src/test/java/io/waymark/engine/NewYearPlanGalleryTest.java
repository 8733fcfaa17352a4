package io.waymark.engine;

class NewYearPlanGalleryTest extends GalleryWalk {

  NewYearPlanGalleryTest() {
    super("new-year-plan");
  }
}
