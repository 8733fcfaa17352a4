package io.waymark.customer.load;

import java.util.Locale;

/** Where an import stands. */
public enum ImportStatus {
  /** The file is still coming. */
  UPLOADING,
  QUEUED,
  RUNNING,
  DONE,
  /** Stopped by an error that is not a row's; what was taken in stays. */
  FAILED,
  /** Stopped by a person; what was taken in stays. */
  CANCELLED;

  /** The word used in tables, the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
