package io.waymark.platform.rehearsal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of everybody: on a stage it tells the stage's time, elsewhere the real one. */
public final class RehearsalClock extends Clock {

  private final Clock live;

  /** Tells the stage's time on a stage and this one's elsewhere. */
  public RehearsalClock(Clock live) {
    this.live = live;
  }

  @Override
  public Instant instant() {
    Stage stage = Rehearsing.stage();
    return stage == null ? live.instant() : stage.instant();
  }

  @Override
  public ZoneId getZone() {
    return live.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new RehearsalClock(live.withZone(zone));
  }
}
