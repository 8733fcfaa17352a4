package io.waymark.journey.drawing;

import java.util.Locale;

/** What a drawing began as. */
public enum DrawingOrigin {
  EMPTY,
  VERSION,
  DRAWING,
  FILE,
  GALLERY;

  /** The word used in the table, e.g. {@code gallery}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DrawingOrigin of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
