package io.waymark.customer.tag;

import java.util.Locale;

/** Where values of a tag come from. */
public enum TagSource {
  /** Delivered by another system, by file, API or topic. */
  IMPORTED,
  /** Computed by Waymark from the audience rule in the definition. */
  RULE,
  /** Computed by a model of Waymark or delivered by one outside. */
  SCORE,
  /** Written by steps of journeys. */
  JOURNEY;

  /** The word used in the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
