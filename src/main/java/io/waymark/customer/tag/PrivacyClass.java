package io.waymark.customer.tag;

import java.util.Locale;

/** How closely a tag is held (requirement K6: 公开、敏感、绝密). */
public enum PrivacyClass {
  /** Shown to whoever may see the customer. */
  PUBLIC,
  /** Changes stand in timelines without their values; tags declared by a file begin here. */
  SENSITIVE,
  /** As sensitive, and meant for rules alone. */
  SECRET;

  /** The word used in the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
