package io.waymark.contact;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * The time over which a cap counts.
 *
 * @param kind rolling, or a calendar unit in Asia/Shanghai
 * @param days length of a rolling window in days of 24 hours; 1 for calendar units
 */
public record CapWindow(Kind kind, int days) {

  /** Rolling hours, or the calendar as people read it. */
  public enum Kind {
    ROLLING,
    CALENDAR_DAY,
    CALENDAR_WEEK,
    CALENDAR_MONTH
  }

  public CapWindow {
    ContactPolicy.require(days > 0 && (kind == Kind.ROLLING || days == 1), "window of a cap");
  }

  /**
   * Whether a message counted at one moment takes a place from a message at another. A rolling
   * window counts messages promised for later too: two deferred to the same morning are two.
   */
  boolean shares(Instant counted, Instant at) {
    if (kind == Kind.ROLLING) {
      return counted.isAfter(at.minus(Duration.ofDays(days)));
    }
    return firstDay(counted).equals(firstDay(at));
  }

  /** No message older than this can take a place. */
  Duration atMost() {
    return switch (kind) {
      case ROLLING -> Duration.ofDays(days);
      case CALENDAR_DAY -> Duration.ofDays(1);
      case CALENDAR_WEEK -> Duration.ofDays(7);
      case CALENDAR_MONTH -> Duration.ofDays(31);
    };
  }

  private LocalDate firstDay(Instant moment) {
    LocalDate day = moment.atZone(ExchangeCalendar.ZONE).toLocalDate();
    return switch (kind) {
      case CALENDAR_WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case CALENDAR_MONTH -> day.withDayOfMonth(1);
      case ROLLING, CALENDAR_DAY -> day;
    };
  }
}
