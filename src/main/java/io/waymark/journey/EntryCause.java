package io.waymark.journey;

import java.util.Locale;

/** Why a customer is asked to enter a journey. */
public enum EntryCause {
  /** A customer event of the type the journey declares. */
  EVENT,
  /** A scheduled run of the journey's audience. */
  AUDIENCE,
  /** A call of the API. */
  API;

  /** The word used in tables and the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
