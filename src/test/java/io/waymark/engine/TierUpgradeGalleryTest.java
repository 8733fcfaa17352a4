package io.waymark.engine;

class TierUpgradeGalleryTest extends GalleryWalk {

  TierUpgradeGalleryTest() {
    super("tier-upgrade");
  }
}
