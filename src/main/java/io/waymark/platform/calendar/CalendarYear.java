package io.waymark.platform.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * One published year of the exchange, as its notice says it (上证公告). Days are Asia/Shanghai.
 *
 * @param closures weekdays on which the exchange is closed
 * @param workingWeekends weekend days people work (调休); the exchange stays closed on them
 * @param source the notice these days come from
 */
public record CalendarYear(
    int year, Set<LocalDate> closures, Set<LocalDate> workingWeekends, String source) {

  /**
   * @throws IllegalArgumentException when a day lies outside the year, a closure falls on a weekend
   *     or a working weekend on a weekday
   */
  public CalendarYear {
    closures = Set.copyOf(closures);
    workingWeekends = Set.copyOf(workingWeekends);
    for (LocalDate day : closures) {
      require(day.getYear() == year, "休市日 %s 不在 %d 年内，请检查。", day, year);
      require(!weekend(day), "休市日 %s 是周末，周末本就休市，请只列出工作日。", day);
    }
    for (LocalDate day : workingWeekends) {
      require(day.getYear() == year, "调休工作日 %s 不在 %d 年内，请检查。", day, year);
      require(weekend(day), "调休工作日 %s 不是周末，请检查。", day);
    }
  }

  boolean tradesOn(LocalDate day) {
    return !weekend(day) && !closures.contains(day);
  }

  boolean worksOn(LocalDate day) {
    return tradesOn(day) || workingWeekends.contains(day);
  }

  private static boolean weekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
