package io.waymark.engine;

class DocumentExpiryGalleryTest extends GalleryWalk {

  DocumentExpiryGalleryTest() {
    super("document-expiry");
  }
}
