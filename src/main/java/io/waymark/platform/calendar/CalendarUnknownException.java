package io.waymark.platform.calendar;

import java.time.LocalDate;

/**
 * A question reached a year whose exchange calendar is not published; the answer is never guessed.
 */
public class CalendarUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final LocalDate day;

  public CalendarUnknownException(LocalDate day) {
    super("%d 年的交易日历尚未发布，无法判断 %s；请先上传交易所休市通知。".formatted(day.getYear(), day));
    this.day = day;
  }

  /** The first day that could not be judged, Asia/Shanghai. */
  public LocalDate day() {
    return day;
  }
}
