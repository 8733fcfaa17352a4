package io.waymark.journey.migration;

import java.util.Locale;

/** What a migration does to timers that both versions know. */
public enum TimerChoice {
  /** They stay due when they were due. */
  KEEP,
  /** They are counted anew from the moment of the migration, as the new version draws them. */
  ANEW;

  /** The word used in the table and in forms. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no choice has this code
   */
  public static TimerChoice of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
