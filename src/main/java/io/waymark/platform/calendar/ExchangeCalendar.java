package io.waymark.platform.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Trading days and working days of the Chinese exchanges. The two differ: on a make-up weekend (调休)
 * staff work and nothing trades. All dates and times of day are Asia/Shanghai. Every method throws
 * {@link CalendarUnknownException} as soon as the answer needs a year that is not published.
 */
@Component
public final class ExchangeCalendar {

  /** The exchange's zone; it has no daylight saving. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static final List<WorkingHours> WORKING_HOURS =
      List.of(
          new WorkingHours(LocalTime.of(9, 0), LocalTime.of(11, 30)),
          new WorkingHours(LocalTime.of(13, 0), LocalTime.of(17, 30)));

  private final PublishedYears years;

  public ExchangeCalendar(PublishedYears years) {
    this.years = years;
  }

  /** Whether the exchange trades on this day. */
  public boolean isTradingDay(LocalDate day) {
    return yearOf(day).tradesOn(day);
  }

  /** The first trading day strictly after the given day. */
  public LocalDate nextTradingDay(LocalDate after) {
    LocalDate day = after.plusDays(1);
    while (!isTradingDay(day)) {
      day = day.plusDays(1);
    }
    return day;
  }

  /**
   * The n-th trading day strictly after {@code from}; with {@code n = 0} the day itself, or the
   * next trading day when it is closed.
   *
   * @param n trading days to go, not negative
   */
  public LocalDate plusTradingDays(LocalDate from, int n) {
    if (n < 0) {
      throw new IllegalArgumentException("trading days must not be negative: " + n);
    }
    LocalDate day = from;
    if (n == 0) {
      return isTradingDay(day) ? day : nextTradingDay(day);
    }
    for (int i = 0; i < n; i++) {
      day = nextTradingDay(day);
    }
    return day;
  }

  /**
   * The moment {@code at} on the n-th trading day strictly after the local date of {@code from}.
   * With {@code n = 0}: today when it trades and {@code at} is not past, else the next trading day.
   */
  public Instant tradingDayAt(Instant from, int n, LocalTime at) {
    ZonedDateTime start = from.atZone(ZONE);
    LocalDate today = start.toLocalDate();
    boolean pastToday = start.toLocalTime().isAfter(at);
    LocalDate day = plusTradingDays(today, n);
    if (n == 0 && day.equals(today) && pastToday) {
      day = nextTradingDay(today);
    }
    return day.atTime(at).atZone(ZONE).toInstant();
  }

  /** Whether staff work on this day: trading days and make-up weekends. */
  public boolean isWorkingDay(LocalDate day) {
    return yearOf(day).worksOn(day);
  }

  /**
   * Counts only working time: working days 9:00-11:30 and 13:00-17:30. A deadline that uses up a
   * window falls on its end, not on the start of the next one; nothing to add returns {@code from}.
   *
   * @param duration working time to add, not negative
   */
  public Instant plusWorkingTime(Instant from, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("working time must not be negative: " + duration);
    }
    if (duration.isZero()) {
      return from;
    }
    Duration left = duration;
    LocalDate day = from.atZone(ZONE).toLocalDate();
    while (true) {
      for (WorkingHours hours : isWorkingDay(day) ? WORKING_HOURS : List.<WorkingHours>of()) {
        Instant opens = later(from, at(day, hours.opens()));
        Duration available = Duration.between(opens, at(day, hours.closes()));
        if (available.compareTo(left) >= 0) {
          return opens.plus(left);
        }
        left = available.isNegative() ? left : left.minus(available);
      }
      day = day.plusDays(1);
    }
  }

  /**
   * When staff next work: the moment itself within working hours, else the start of the next ones.
   *
   * @throws CalendarUnknownException when that lies in a year whose calendar is not published
   */
  public Instant workResumesAt(Instant from) {
    Duration least = Duration.ofNanos(1);
    return plusWorkingTime(from, least).minus(least);
  }

  private CalendarYear yearOf(LocalDate day) {
    return years.find(day.getYear()).orElseThrow(() -> new CalendarUnknownException(day));
  }

  private static Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(ZONE).toInstant();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private record WorkingHours(LocalTime opens, LocalTime closes) {}
}
