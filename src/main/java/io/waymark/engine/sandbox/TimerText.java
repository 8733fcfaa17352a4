package io.waymark.engine.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a timer may be written without an expression: ISO 8601, as the engine reads it. */
public final class TimerText {

  private static final Pattern AMOUNT =
      Pattern.compile("P(?=.)((?:\\d{1,4}[YMWD])*)(?:T(?=.)((?:\\d{1,6}[HMS])+))?");

  private static final int MOST_RETRIES = 10;

  private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);

  private static final Pattern SURELY_LATER =
      Pattern.compile(
          "\\$\\{\\s*(?:today\\(.*|(?:tradingDay|workingDay)\\(\\s*[1-9]\\d*\\s*,.*)}",
          Pattern.DOTALL);

  private TimerText() {}

  /** Whether the engine can read it as a span such as {@code P3D}, {@code P1DT2H}. */
  static boolean isSpan(String text) {
    return span(text).isPresent();
  }

  /** Whether the engine can read it as a moment such as {@code 2027-01-04T09:30:00+08:00}. */
  static boolean isMoment(String text) {
    return moment(text).isPresent();
  }

  /** The moment a text names, Beijing time where it says no zone. */
  public static Optional<OffsetDateTime> moment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text));
    } catch (DateTimeException noZone) {
      try {
        return Optional.of(LocalDateTime.parse(text).atOffset(ZoneOffset.ofHours(8)));
      } catch (DateTimeException unreadable) {
        return Optional.empty();
      }
    }
  }

  /**
   * Whether whoever comes here surely stays a while, however often he comes; a loop needs that much
   * of a wait.
   */
  static boolean surelyWaits(String text) {
    return waits(text) || SURELY_LATER.matcher(text).matches();
  }

  /** Whether the engine would retry a failing step a few times, with pauses. */
  static boolean isRetryCycle(String text) {
    List<String> pauses = List.of(text.split(",", -1));
    return pauses.size() <= MOST_RETRIES
        && pauses.stream()
            .map(pause -> pause.replaceFirst("^R[1-9]/", ""))
            .allMatch(TimerText::waits);
  }

  private static boolean waits(String text) {
    return span(text).filter(span -> span.compareTo(SHORTEST_WAIT) >= 0).isPresent();
  }

  private static Optional<Duration> span(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      return Optional.empty();
    }
    try {
      Duration days =
          amount.group(1).isEmpty()
              ? Duration.ZERO
              : Duration.ofDays(days(Period.parse("P" + amount.group(1))));
      Duration time =
          amount.group(2) == null ? Duration.ZERO : Duration.parse("PT" + amount.group(2));
      return Optional.of(days.plus(time));
    } catch (DateTimeException unordered) {
      return Optional.empty();
    }
  }

  /** Months and years at their shortest. */
  private static long days(Period period) {
    return period.toTotalMonths() * 28 + period.getDays();
  }
}
