package io.waymark.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws of counting days that hold whatever the exchange publishes. */
class ExchangeCalendarProperties {

  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);

  @Property
  void a_trading_day_is_never_a_closed_day(
      @ForAll("calendars") ExchangeCalendar calendar,
      @ForAll @IntRange(max = 300) int start,
      @ForAll @IntRange(max = 60) int n) {
    assertThat(calendar.isTradingDay(calendar.plusTradingDays(day(start), n))).isTrue();
  }

  @Property
  void trading_days_add_up(
      @ForAll("calendars") ExchangeCalendar calendar,
      @ForAll @IntRange(max = 300) int start,
      @ForAll @IntRange(min = 1, max = 40) int first,
      @ForAll @IntRange(max = 40) int second) {
    LocalDate stepwise =
        calendar.plusTradingDays(calendar.plusTradingDays(day(start), first), second);

    assertThat(stepwise).isEqualTo(calendar.plusTradingDays(day(start), first + second));
  }

  @Property
  void between_a_day_and_its_nth_trading_day_lie_n_of_them(
      @ForAll("calendars") ExchangeCalendar calendar,
      @ForAll @IntRange(max = 300) int start,
      @ForAll @IntRange(min = 1, max = 60) int n) {
    LocalDate end = calendar.plusTradingDays(day(start), n);

    assertThat(day(start + 1).datesUntil(end.plusDays(1)).filter(calendar::isTradingDay))
        .hasSize(n);
  }

  @Property
  void a_trading_day_is_a_working_day(
      @ForAll("calendars") ExchangeCalendar calendar, @ForAll @IntRange(max = 700) int start) {
    if (calendar.isTradingDay(day(start))) {
      assertThat(calendar.isWorkingDay(day(start))).isTrue();
    }
  }

  @Property
  void today_or_the_next_trading_day_is_never_past(
      @ForAll("calendars") ExchangeCalendar calendar,
      @ForAll("moments") Instant from,
      @ForAll @IntRange(max = 23) int hour) {
    Instant at = calendar.tradingDayAt(from, 0, LocalTime.of(hour, 30));

    assertThat(at).isAfterOrEqualTo(from);
  }

  @Property
  void working_time_adds_up(
      @ForAll("calendars") ExchangeCalendar calendar,
      @ForAll("moments") Instant from,
      @ForAll @LongRange(max = 6_000) long first,
      @ForAll @LongRange(max = 6_000) long second) {
    Instant stepwise =
        calendar.plusWorkingTime(
            calendar.plusWorkingTime(from, Duration.ofMinutes(first)), Duration.ofMinutes(second));

    assertThat(stepwise)
        .isEqualTo(calendar.plusWorkingTime(from, Duration.ofMinutes(first + second)));
  }

  @Property
  void a_deadline_falls_into_working_hours(
      @ForAll("calendars") ExchangeCalendar calendar,
      @ForAll("moments") Instant from,
      @ForAll @LongRange(min = 1, max = 6_000) long minutes) {
    var deadline =
        calendar.plusWorkingTime(from, Duration.ofMinutes(minutes)).atZone(ExchangeCalendar.ZONE);
    LocalTime time = deadline.toLocalTime();

    assertThat(calendar.isWorkingDay(deadline.toLocalDate())).isTrue();
    assertThat(
            (time.isAfter(LocalTime.of(9, 0)) && !time.isAfter(LocalTime.of(11, 30)))
                || (time.isAfter(LocalTime.of(13, 0)) && !time.isAfter(LocalTime.of(17, 30))))
        .isTrue();
  }

  @Provide
  Arbitrary<ExchangeCalendar> calendars() {
    return Arbitraries.integers()
        .between(0, 729)
        .map(ExchangeCalendarProperties::day)
        .set()
        .ofMaxSize(80)
        .map(ExchangeCalendarProperties::calendar);
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.longs()
        .between(0, 300 * 24 * 60)
        .map(minutes -> FIRST.atStartOfDay(ExchangeCalendar.ZONE).plusMinutes(minutes).toInstant());
  }

  /** Exceptional weekdays are closures, exceptional weekend days are worked. */
  private static ExchangeCalendar calendar(Set<LocalDate> exceptions) {
    Map<Integer, CalendarYear> years =
        Map.of(2025, year(2025, exceptions), 2026, year(2026, exceptions));
    return new ExchangeCalendar(year -> Optional.ofNullable(years.get(year)));
  }

  private static CalendarYear year(int year, Set<LocalDate> exceptions) {
    Set<LocalDate> closures = new HashSet<>();
    Set<LocalDate> weekends = new HashSet<>();
    for (LocalDate day : exceptions) {
      if (day.getYear() == year) {
        (day.getDayOfWeek().getValue() < 6 ? closures : weekends).add(day);
      }
    }
    return new CalendarYear(year, closures, weekends, "generated");
  }

  private static LocalDate day(int offset) {
    return FIRST.plusDays(offset);
  }
}
