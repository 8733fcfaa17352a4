package io.waymark.journey.gallery;

import java.util.Locale;

/** What a customer's time with the broker a ready journey is for; the filter of the gallery. */
public enum GalleryStage {
  SERVICE,
  EDUCATION,
  RETENTION,
  CONVERSION,
  WIN_BACK;

  /** The word used in the files and on screens, e.g. {@code win_back}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no stage has this code
   */
  public static GalleryStage of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
