package io.waymark.journey;

import java.util.Locale;

/** Where a version of a journey stands between drawing and retirement. */
public enum JourneyStatus {
  /** Deployed, seen by the checks, not yet approved: nobody can enter. */
  DRAFT,
  /** Approved by a second person; new customers enter this version. */
  LIVE,
  /** Nobody enters; who is inside goes on. */
  PAUSED,
  /** Superseded by a newer version; who is inside goes on. */
  ENDED,
  /** Refused by a second person. */
  REJECTED;

  /** The word used in tables and the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no status has this code
   */
  public static JourneyStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
