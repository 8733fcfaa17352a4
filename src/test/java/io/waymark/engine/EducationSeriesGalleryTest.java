package io.waymark.engine;

class EducationSeriesGalleryTest extends GalleryWalk {

  EducationSeriesGalleryTest() {
    super("education-series");
  }
}
