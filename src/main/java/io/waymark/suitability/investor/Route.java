package io.waymark.suitability.investor;

import java.util.Locale;

/** By which article somebody changes class. */
public enum Route {
  /** A natural person who is professional by art. 8(5). */
  ART8_PERSON,
  /** An organisation that is professional by art. 8(4). */
  ART8_ORGANISATION,
  /** An ordinary natural person who asks to be treated as professional (art. 11). */
  ART11_PERSON,
  /** An ordinary organisation that asks to be treated as professional (art. 11). */
  ART11_ORGANISATION,
  /** A professional who gives notice to be ordinary again (art. 11): takes effect at once. */
  REVERT;

  /** The word in tables and the API, e.g. {@code art11_person}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no route has this code
   */
  public static Route of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
