package io.waymark.journey.drawing;

import java.util.Locale;

/** Why there is a revision of a drawing. */
public enum RevisionCause {
  /** The first one. */
  CREATED,
  /** What the editor saved by itself or on request. */
  SAVED,
  /** Files took the place of what was drawn. */
  IMPORTED,
  /** An earlier revision was brought back. */
  RESTORED;

  /** The word used in the table, e.g. {@code saved}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RevisionCause of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
