package io.waymark.engine.migration;

import java.time.Instant;
import java.time.ZoneId;

/** When a held timer was to fire by itself. */
final class HeldUntil {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private HeldUntil() {}

  static Instant own(Instant held) {
    return held.atZone(ZONE)
        .toLocalDateTime()
        .minusYears(EngineOverdueTimers.HELD_YEARS)
        .atZone(ZONE)
        .toInstant();
  }
}
