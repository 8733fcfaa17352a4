package io.waymark.customer.load;

import java.util.Locale;

/** How a file is written. */
public enum ImportFormat {
  /** Comma-separated with a header row, UTF-8 or GB18030. */
  CSV,
  /** One JSON object in a line, UTF-8. */
  NDJSON;

  /** The word used in tables, the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
