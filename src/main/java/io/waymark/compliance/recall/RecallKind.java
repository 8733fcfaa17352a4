package io.waymark.compliance.recall;

import java.util.Locale;

/** What can be stopped. */
public enum RecallKind {
  PRODUCT,
  TEMPLATE,
  PHRASE,
  JOURNEY,
  CHANNEL;

  /** The word used in the table, e.g. {@code product}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no kind has this code
   */
  public static RecallKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
