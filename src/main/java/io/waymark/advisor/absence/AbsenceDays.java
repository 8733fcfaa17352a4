package io.waymark.advisor.absence;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Days somebody is away, Asia/Shanghai.
 *
 * @param from first day
 * @param fromNoon whether it begins at noon
 * @param to last day
 * @param toNoon whether it ends at noon
 */
public record AbsenceDays(LocalDate from, boolean fromNoon, LocalDate to, boolean toNoon) {

  private static final int LONGEST_DAYS = 366;

  /**
   * @throws TaskRefusedException when the end is not after the start, or more than a year away
   */
  public AbsenceDays {
    if (to.isBefore(from) || from.equals(to) && fromNoon && toNoon) {
      throw new TaskRefusedException("absence", "请假的结束须晚于开始,请检查日期和上下午。");
    }
    if (to.isAfter(from.plusDays(LONGEST_DAYS))) {
      throw new TaskRefusedException("absence", "一次请假最长一年;更长的请由管理员停用账号。");
    }
  }

  Instant start() {
    return from.atTime(fromNoon ? 12 : 0, 0).atZone(ExchangeCalendar.ZONE).toInstant();
  }

  Instant end() {
    return toNoon
        ? to.atTime(12, 0).atZone(ExchangeCalendar.ZONE).toInstant()
        : to.plusDays(1).atStartOfDay(ExchangeCalendar.ZONE).toInstant();
  }
}
