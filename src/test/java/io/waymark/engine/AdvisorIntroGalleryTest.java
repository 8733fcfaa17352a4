package io.waymark.engine;

class AdvisorIntroGalleryTest extends GalleryWalk {

  AdvisorIntroGalleryTest() {
    super("advisor-intro");
  }
}
