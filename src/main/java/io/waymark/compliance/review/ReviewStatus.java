package io.waymark.compliance.review;

import java.util.Locale;

/** Where a review stands. */
public enum ReviewStatus {
  /** Waits for the business reviewer. */
  BUSINESS,
  /** Waits for the compliance officer. */
  OFFICER,
  /** Everybody needed agreed; the content is in force under the review's number. */
  APPROVED,
  /** A person sent it back with a reason. */
  REJECTED,
  /** The machine found what no person may let pass; it never reached a reviewer. */
  REFUSED,
  /** The author took it back. */
  WITHDRAWN,
  /** The author wrote a newer version meanwhile. */
  OVERTAKEN;

  /** Whether somebody still has to decide. */
  public boolean running() {
    return this == BUSINESS || this == OFFICER;
  }

  /** The word used in the table, e.g. {@code overtaken}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no status has this code
   */
  public static ReviewStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
