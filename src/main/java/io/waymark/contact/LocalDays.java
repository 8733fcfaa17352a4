package io.waymark.contact;

import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Day and night where a customer lives. The working days are those of China wherever he is, since
 * those who call him work here.
 *
 * @param zone the customer's, Asia/Shanghai when he has named none
 * @param workingDay whether staff work on a day; throws when its year is not published
 */
public record LocalDays(ZoneId zone, Predicate<LocalDate> workingDay) {

  /** Tag that holds a customer's zone, an IANA name. */
  static final String TAG = "time_zone";

  /** Days in a zone named by a tag; a name that is none counts as not given. */
  public static LocalDays of(@Nullable String zone, Predicate<LocalDate> workingDay) {
    if (zone == null || zone.isBlank()) {
      return new LocalDays(ExchangeCalendar.ZONE, workingDay);
    }
    try {
      return new LocalDays(ZoneId.of(zone.strip()), workingDay);
    } catch (DateTimeException e) {
      return new LocalDays(ExchangeCalendar.ZONE, workingDay);
    }
  }

  /** Whether staff certainly work: of a year that is not published nothing is certain. */
  boolean works(LocalDate day) {
    try {
      return workingDay.test(day);
    } catch (CalendarUnknownException e) {
      return false;
    }
  }
}
