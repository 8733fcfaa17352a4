package io.waymark.console;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.springframework.stereotype.Component;

/** How pages write moments: China's time, the year left out while it is this one. */
@Component
public final class Moments {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("MM-dd HH:mm");
  private static final DateTimeFormatter LONG_MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd EEEE");

  private final Clock clock;

  Moments(Clock clock) {
    this.clock = clock;
  }

  /** E.g. {@code 11-22 09:30}. */
  public String minute(Instant at) {
    ZonedDateTime local = local(at);
    return local.format(local.getYear() == today().getYear() ? MINUTE : LONG_MINUTE);
  }

  /** E.g. {@code 2026-11-22 09:30:05}. */
  public String second(Instant at) {
    return local(at).format(SECOND);
  }

  /** E.g. {@code 09:30}. */
  public String clock(Instant at) {
    return local(at).format(CLOCK);
  }

  /** E.g. {@code 2026-11-22 星期日}. */
  public String day(Instant at) {
    return local(at).format(DAY.withLocale(java.util.Locale.CHINA));
  }

  /** The day in China that a moment belongs to. */
  public LocalDate date(Instant at) {
    return local(at).toLocalDate();
  }

  /** Whether a moment has passed. */
  public boolean past(Instant at) {
    return at.isBefore(clock.instant());
  }

  /** Today in China. */
  public LocalDate today() {
    return LocalDate.now(clock.withZone(ExchangeCalendar.ZONE));
  }

  /** The first moment of today in China. */
  public Instant startOfToday() {
    return today().atStartOfDay(ExchangeCalendar.ZONE).toInstant();
  }

  private static ZonedDateTime local(Instant at) {
    return at.atZone(ExchangeCalendar.ZONE);
  }
}
