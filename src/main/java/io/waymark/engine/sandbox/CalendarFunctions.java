package io.waymark.engine.sandbox;

import io.waymark.platform.calendar.ExchangeCalendar;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The functions a timer may call. They are static because the expression language calls static
 * methods only, and find the calendar through the engine that runs them.
 */
public final class CalendarFunctions {

  /** Key under which an engine's configuration carries its calendar. */
  public static final String CALENDAR = "waymark.calendar";

  private static final int MOST_DAYS = 400;

  private CalendarFunctions() {}

  /**
   * The calendar and clock of one engine.
   *
   * @param clock the engine's own time
   */
  public record CalendarOfEngine(ExchangeCalendar calendar, Clock clock) {}

  /** Every function by the name the drawing calls it. */
  public static Map<String, Method> all() {
    return Arrays.stream(CalendarFunctions.class.getMethods())
        .filter(method -> method.getReturnType() == Date.class)
        .collect(Collectors.toMap(Method::getName, Function.identity()));
  }

  /** The {@code days}-th trading day after today, at a local time such as {@code 15:30}. */
  public static Date tradingDay(long days, String time) {
    CalendarOfEngine engine = engine();
    return Date.from(
        engine.calendar().tradingDayAt(engine.clock().instant(), within(days), at(time)));
  }

  /** The {@code days}-th working day after today, at a local time; make-up weekends count. */
  public static Date workingDay(long days, String time) {
    CalendarOfEngine engine = engine();
    LocalDate day = LocalDate.ofInstant(engine.clock().instant(), ExchangeCalendar.ZONE);
    for (int left = within(days); left > 0; ) {
      day = day.plusDays(1);
      left -= engine.calendar().isWorkingDay(day) ? 1 : 0;
    }
    return Date.from(day.atTime(at(time)).atZone(ExchangeCalendar.ZONE).toInstant());
  }

  /** Today at a local time, or tomorrow at it when it has passed. */
  public static Date today(String time) {
    Instant now = engine().clock().instant();
    LocalDate day = LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
    Instant moment = day.atTime(at(time)).atZone(ExchangeCalendar.ZONE).toInstant();
    return Date.from(
        moment.isAfter(now)
            ? moment
            : day.plusDays(1).atTime(at(time)).atZone(ExchangeCalendar.ZONE).toInstant());
  }

  private static int within(long days) {
    if (days < 0 || days > MOST_DAYS) {
      throw new IllegalArgumentException("天数应在 0 到 " + MOST_DAYS + " 之间:" + days);
    }
    return (int) days;
  }

  private static LocalTime at(@Nullable String time) {
    try {
      return LocalTime.parse(Objects.requireNonNullElse(time, ""));
    } catch (DateTimeException malformed) {
      throw new IllegalArgumentException("时间应写成 15:30 这样的形式:" + time, malformed);
    }
  }

  private static CalendarOfEngine engine() {
    return (CalendarOfEngine)
        Objects.requireNonNull(
            Context.getProcessEngineConfiguration().getBeans().get(CALENDAR),
            "engine without a calendar");
  }
}
