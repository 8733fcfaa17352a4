package io.waymark.engine;

class HoldingReviewGalleryTest extends GalleryWalk {

  HoldingReviewGalleryTest() {
    super("holding-review");
  }
}
