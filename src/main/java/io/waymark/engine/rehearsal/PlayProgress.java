package io.waymark.engine.rehearsal;

import io.waymark.journey.rehearsal.Cast;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import java.time.Duration;
import java.time.Instant;

/** How far one part of a play is, told by its thread and asked by another. */
final class PlayProgress {

  /** Letting everybody in takes about as long as all that follows. */
  private static final double ENTRY = 0.5;

  private final int customers;
  private final Instant from;
  private final Duration length;
  private volatile int decided;
  private volatile double passed;
  private volatile boolean cancelled;

  PlayProgress(Cast cast) {
    this.customers = Math.max(1, cast.customers().size());
    this.from = cast.from();
    this.length = Duration.ofDays(Math.max(1, cast.days()));
  }

  void decided(int more) {
    decided += more;
  }

  void at(Instant moment) {
    passed = (double) Duration.between(from, moment).toMillis() / length.toMillis();
  }

  /** From 0 to 1. */
  double done() {
    return ENTRY * Math.min(1, (double) decided / customers)
        + (1 - ENTRY) * Math.min(1, Math.max(0, passed));
  }

  void cancel() {
    cancelled = true;
  }

  /**
   * Ends the play when somebody wants it to.
   *
   * @throws RehearsalRefusedException then
   */
  void goOn() {
    if (cancelled) {
      throw new RehearsalRefusedException("预演已取消。");
    }
  }
}
