package io.waymark.segment.rule;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** Which stretch of time counts. The future never does: every window ends at the present. */
public sealed interface Window {

  /** As people say it. */
  String wording();

  /**
   * Where it begins and ends when asked at {@code now}.
   *
   * @throws io.waymark.platform.calendar.CalendarUnknownException when it counts trading days of a
   *     year that is not published
   */
  Bounds at(Instant now, ExchangeCalendar calendar);

  /**
   * A stretch of time, both ends included. Moments are stored in microseconds, so an end that does
   * not belong to it is one microsecond further in.
   *
   * @param from null for ever since
   */
  record Bounds(@Nullable Instant from, Instant until) {

    /** Whether a moment lies within. */
    public boolean holds(Instant moment) {
      return !moment.isAfter(until) && (from == null || !moment.isBefore(from));
    }
  }

  /** All the past. */
  record Always() implements Window {
    @Override
    public String wording() {
      return "至今";
    }

    @Override
    public Bounds at(Instant now, ExchangeCalendar calendar) {
      return new Bounds(null, micros(now));
    }
  }

  /** The last so many days, hours or minutes; what happened exactly that long ago is outside. */
  record Last(Span span) implements Window {
    @Override
    public String wording() {
      return "近 " + span.wording();
    }

    @Override
    public Bounds at(Instant now, ExchangeCalendar calendar) {
      Instant until = micros(now);
      return new Bounds(until.minus(span.duration()).plus(1, ChronoUnit.MICROS), until);
    }
  }

  /** The last so many trading days from their midnight on, today among them when it is one. */
  record LastTradingDays(int days) implements Window {
    @Override
    public String wording() {
      return "近 " + days + " 个交易日";
    }

    @Override
    public Bounds at(Instant now, ExchangeCalendar calendar) {
      LocalDate day = today(now);
      int found = calendar.isTradingDay(day) ? 1 : 0;
      while (found < days) {
        day = day.minusDays(1);
        found += calendar.isTradingDay(day) ? 1 : 0;
      }
      return new Bounds(midnight(day), micros(now));
    }
  }

  /** A part of the calendar of Asia/Shanghai; weeks begin on Monday. */
  record Period(Name name) implements Window {

    /** The parts of the calendar that have a name. */
    public enum Name {
      TODAY("today", "今天"),
      YESTERDAY("yesterday", "昨天"),
      THIS_WEEK("this week", "本周"),
      LAST_WEEK("last week", "上周"),
      THIS_MONTH("this month", "本月"),
      LAST_MONTH("last month", "上月"),
      THIS_QUARTER("this quarter", "本季度"),
      LAST_QUARTER("last quarter", "上季度"),
      THIS_YEAR("this year", "今年"),
      LAST_YEAR("last year", "去年");

      private final String code;
      private final String title;

      Name(String code, String title) {
        this.code = code;
        this.title = title;
      }

      /** The words in a rule. */
      public String code() {
        return code;
      }

      /** The word people use. */
      public String title() {
        return title;
      }
    }

    @Override
    public String wording() {
      return name.title();
    }

    @Override
    public Bounds at(Instant now, ExchangeCalendar calendar) {
      LocalDate today = today(now);
      LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      LocalDate month = today.withDayOfMonth(1);
      LocalDate quarter = month.minusMonths((month.getMonthValue() - 1) % 3);
      LocalDate year = today.withDayOfYear(1);
      return switch (name) {
        case TODAY -> days(today, today.plusDays(1), now);
        case YESTERDAY -> days(today.minusDays(1), today, now);
        case THIS_WEEK -> days(week, week.plusWeeks(1), now);
        case LAST_WEEK -> days(week.minusWeeks(1), week, now);
        case THIS_MONTH -> days(month, month.plusMonths(1), now);
        case LAST_MONTH -> days(month.minusMonths(1), month, now);
        case THIS_QUARTER -> days(quarter, quarter.plusMonths(3), now);
        case LAST_QUARTER -> days(quarter.minusMonths(3), quarter, now);
        case THIS_YEAR -> days(year, year.plusYears(1), now);
        case LAST_YEAR -> days(year.minusYears(1), year, now);
      };
    }
  }

  /**
   * From the first day to the last, both included.
   *
   * @param first null for ever since
   * @param last null up to the present
   */
  record Dates(@Nullable LocalDate first, @Nullable LocalDate last) implements Window {
    @Override
    public String wording() {
      return (first == null ? "" : first + " 起") + (last == null ? "" : "到 " + last + " 止");
    }

    @Override
    public Bounds at(Instant now, ExchangeCalendar calendar) {
      Instant end = last == null ? null : midnight(last.plusDays(1)).minus(1, ChronoUnit.MICROS);
      Instant until = micros(now);
      return new Bounds(
          first == null ? null : midnight(first), end == null || end.isAfter(until) ? until : end);
    }
  }

  private static Bounds days(LocalDate first, LocalDate end, Instant now) {
    Instant last = midnight(end).minus(1, ChronoUnit.MICROS);
    Instant until = micros(now);
    return new Bounds(midnight(first), last.isAfter(until) ? until : last);
  }

  private static Instant micros(Instant now) {
    return now.truncatedTo(ChronoUnit.MICROS);
  }

  private static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ExchangeCalendar.ZONE).toInstant();
  }
}
