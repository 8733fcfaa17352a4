package io.waymark.journey.migration;

import java.util.Locale;

/** Where a migration stands. */
public enum MigrationStatus {
  /** Being drawn by its author. */
  DRAFT,
  /** Waiting for somebody else's decision. */
  SUBMITTED,
  /** Approved; begins at its hour. */
  APPROVED,
  /** Customers are being moved, wave after wave. */
  RUNNING,
  /** Stopped by a person; who has been moved stays moved, the rest stays where it is. */
  STOPPED,
  /** Nobody is left to be tried. */
  DONE,
  /** Refused by the second person. */
  REJECTED,
  /** Taken back by its author. */
  WITHDRAWN;

  /** The word used in the table and in texts. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MigrationStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
