package io.waymark.engine;

class BirthdayCareGalleryTest extends GalleryWalk {

  BirthdayCareGalleryTest() {
    super("birthday-care");
  }
}
