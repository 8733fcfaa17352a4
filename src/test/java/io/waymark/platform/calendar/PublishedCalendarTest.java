package io.waymark.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The days the exchange published (compliance reference, section 6), as the database holds them.
 */
@DatabaseSlice
class PublishedCalendarTest {

  @Autowired ExchangeCalendar calendar;
  @Autowired CalendarUpload upload;
  @Autowired JdbcClient jdbc;

  @ParameterizedTest
  @CsvSource({"2025, 243", "2026, 242"})
  void a_year_has_as_many_trading_days_as_the_exchange_held(int year, long expected) {
    LocalDate first = LocalDate.of(year, 1, 1);

    assertThat(first.datesUntil(first.plusYears(1)).filter(calendar::isTradingDay).count())
        .isEqualTo(expected);
  }

  @Test
  void each_month_of_2026_has_the_published_number_of_trading_days() {
    assertThat(IntStream.rangeClosed(1, 12).map(month -> tradingDays(YearMonth.of(2026, month))))
        .containsExactly(20, 14, 22, 21, 18, 21, 23, 21, 21, 17, 21, 23);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-13T16:00, 1, 2026-02-24T15:30",
    "2026-09-30T10:00, 1, 2026-10-08T15:30",
    "2026-09-24T10:00, 1, 2026-09-28T15:30",
    "2026-11-23T10:00, 0, 2026-11-23T15:30",
    "2026-11-23T15:30, 0, 2026-11-23T15:30",
    "2026-11-23T15:31, 0, 2026-11-24T15:30",
    "2026-11-21T10:00, 0, 2026-11-23T15:30"
  })
  void the_nth_trading_day_at_half_past_three(
      LocalDateTime from, int days, LocalDateTime expected) {
    assertThat(calendar.tradingDayAt(instant(from), days, LocalTime.of(15, 30)))
        .isEqualTo(instant(expected));
  }

  @Test
  void the_year_after_the_published_ones_is_unknown_and_not_guessed() {
    assertThatThrownBy(
            () ->
                calendar.tradingDayAt(
                    instant(LocalDateTime.parse("2026-12-31T10:00")), 1, LocalTime.of(15, 30)))
        .isInstanceOfSatisfying(
            CalendarUnknownException.class,
            unknown -> assertThat(unknown.day()).isEqualTo("2027-01-01"))
        .hasMessageContaining("2027 年");
    assertThatThrownBy(() -> calendar.isTradingDay(LocalDate.of(2027, 1, 2)))
        .isInstanceOf(CalendarUnknownException.class);
    assertThatThrownBy(() -> calendar.isWorkingDay(LocalDate.of(2024, 12, 31)))
        .isInstanceOf(CalendarUnknownException.class);
  }

  @ParameterizedTest
  @CsvSource({"2026-02-14", "2026-10-10", "2025-01-26"})
  void a_make_up_weekend_is_worked_and_not_traded(LocalDate day) {
    assertThat(calendar.isWorkingDay(day)).isTrue();
    assertThat(calendar.isTradingDay(day)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:00, PT1H, 2026-11-23T11:00",
    "2026-11-23T11:00, PT1H, 2026-11-23T13:30",
    "2026-11-23T10:00, PT1H30M, 2026-11-23T11:30",
    "2026-11-23T17:00, PT1H, 2026-11-24T09:30",
    "2026-11-23T20:00, PT7H, 2026-11-24T17:30",
    "2026-11-20T17:30, PT1M, 2026-11-23T09:01",
    "2026-02-13T17:00, PT1H, 2026-02-14T09:30"
  })
  void working_time_runs_in_working_hours(
      LocalDateTime from, Duration duration, LocalDateTime expected) {
    assertThat(calendar.plusWorkingTime(instant(from), duration)).isEqualTo(instant(expected));
  }

  @Test
  void a_new_year_is_known_as_soon_as_it_is_published_and_leaves_a_proof() {
    LocalDate newYear = LocalDate.of(2031, 1, 1);
    assertThatThrownBy(() -> calendar.isTradingDay(newYear))
        .isInstanceOf(CalendarUnknownException.class);

    upload.publish(2031, Set.of(newYear), Set.of(LocalDate.of(2031, 1, 4)), "测试公告", "op1");
    assertThat(calendar.isTradingDay(newYear)).isFalse();
    assertThat(calendar.isWorkingDay(LocalDate.of(2031, 1, 4))).isTrue();

    upload.publish(2031, Set.of(), Set.of(), "更正公告", "op1");
    assertThat(calendar.isTradingDay(newYear)).isTrue();
    assertThat(calendar.isWorkingDay(LocalDate.of(2031, 1, 4))).isFalse();
    assertThat(
            jdbc.sql("select actor from evidence where subject = 'calendar:2031' order by id")
                .query(String.class)
                .list())
        .containsExactly("op1", "op1");
  }

  @Test
  void days_that_do_not_fit_the_year_are_refused_with_a_sentence() {
    assertThatThrownBy(
            () -> upload.publish(2032, Set.of(LocalDate.of(2031, 1, 1)), Set.of(), "公告", "op1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("不在 2032 年内");
    assertThatThrownBy(
            () -> upload.publish(2032, Set.of(LocalDate.of(2032, 1, 3)), Set.of(), "公告", "op1"))
        .hasMessageContaining("周末");
    assertThatThrownBy(
            () -> upload.publish(2032, Set.of(), Set.of(LocalDate.of(2032, 1, 5)), "公告", "op1"))
        .hasMessageContaining("不是周末");
  }

  private int tradingDays(YearMonth month) {
    return (int)
        month
            .atDay(1)
            .datesUntil(month.plusMonths(1).atDay(1))
            .filter(calendar::isTradingDay)
            .count();
  }

  private static Instant instant(LocalDateTime local) {
    return local.atZone(ExchangeCalendar.ZONE).toInstant();
  }
}
