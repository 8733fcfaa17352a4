package io.waymark.journey;

import java.util.Locale;

/**
 * What becomes of timers that fell due while their customers could not move: during a pause, or
 * because a migration found them so.
 */
public enum OverdueChoice {
  /** They fire as soon as the engine gets to them. */
  FIRE,
  /** They fire over a stretch of time, each customer at a moment of his own that never changes. */
  SPREAD,
  /**
   * The timer is dropped and the customer goes on waiting for what he awaits beside it: an event of
   * the same gateway, or the task at whose border it stands. Where the timer is the only way on,
   * dropping it would leave the customer there for ever, so it is held as by {@link #ASK}.
   */
  SKIP,
  /** The timer is held and listed until a person decides about it. */
  ASK;

  /** The word used in tables and forms. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no choice has this code
   */
  public static OverdueChoice of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
