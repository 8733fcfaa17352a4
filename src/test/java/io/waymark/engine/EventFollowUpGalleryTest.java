package io.waymark.engine;

class EventFollowUpGalleryTest extends GalleryWalk {

  EventFollowUpGalleryTest() {
    super("event-follow-up");
  }
}
