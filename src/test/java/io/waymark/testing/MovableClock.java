package io.waymark.testing;

import io.waymark.platform.rehearsal.RehearsalClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.time.DateTimeUtils;

/**
 * The clock of tests: it stands at Monday 2026-11-23 10:00 Asia/Shanghai, a trading day, until a
 * test moves it, and goes back there before every test method. Inject it as {@code MovableClock}.
 */
public final class MovableClock extends Clock {

  /** Where it stands when nobody moved it. */
  public static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  public MovableClock() {
    this(new AtomicReference<>(START), SHANGHAI);
  }

  private MovableClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  public void set(Instant instant) {
    now.set(instant);
    // The engine reads its own clock; timers must fall due when everything else says so.
    DateTimeUtils.setCurrentMillisProvider(this::millis);
  }

  /** Sets the local time in Asia/Shanghai. */
  public void set(LocalDateTime local) {
    set(local.atZone(SHANGHAI).toInstant());
  }

  public void advance(Duration duration) {
    set(now.get().plus(duration));
  }

  public void reset() {
    set(START);
  }

  @Override
  public Instant instant() {
    return new RehearsalClock(Clock.fixed(now.get(), zone)).instant();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new MovableClock(now, other);
  }
}
