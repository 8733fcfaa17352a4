package io.waymark.journey;

import java.util.Locale;

/** Where a version of a journey stands between drawing and retirement. */
public enum JourneyStatus {
  /** Deployed, seen by the checks, not yet approved: nobody can enter. */
  DRAFT,
  /** Being read by the people who decide; nobody can enter. */
  IN_REVIEW,
  /** Approved by a second person and not yet published; nobody can enter. */
  APPROVED,
  /** Approved and to be published at a moment already set; nobody can enter. */
  SCHEDULED,
  /** Published; new customers enter this version. */
  LIVE,
  /** Published and stopped: nobody enters; who is inside goes on unless held. */
  PAUSED,
  /**
   * Before a newer version that takes a share of the customers so far: those outside that share
   * enter this one; ends when the newer takes everybody.
   */
  YIELDING,
  /** Superseded by a newer version, or ended by a person; who is inside goes on. */
  ENDED,
  /** Refused by a second person. */
  REJECTED,
  /** Taken back by its author's side before it was ever published. */
  WITHDRAWN;

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
