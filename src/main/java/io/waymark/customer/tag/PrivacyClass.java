package io.waymark.customer.tag;

import java.util.Locale;

/** How closely a tag is held (requirement K6: 公开、敏感、绝密). */
public enum PrivacyClass {
  /** Shown to whoever may see the customer. */
  PUBLIC,
  /** Masked on screen except for the customer's advisor and compliance officers. */
  SENSITIVE,
  /** Never shown on screen or exported in lists; rules may use it. */
  SECRET;

  /** The word used in the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
