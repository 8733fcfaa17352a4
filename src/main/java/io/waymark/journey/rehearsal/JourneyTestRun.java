package io.waymark.journey.rehearsal;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.PublicationGuard;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Runs the kept rehearsals of a journey on one of its versions: when a person asks, and before
 * every publication, which a test that does not hold refuses. They begin at ten o'clock of the next
 * trading day, whenever they are run.
 */
@Component
public class JourneyTestRun implements PublicationGuard {

  private static final LocalTime TEN = LocalTime.of(10, 0);

  private final JourneyTests tests;
  private final RehearsalTheatre theatre;
  private final ExchangeCalendar calendar;
  private final Clock clock;

  JourneyTestRun(
      JourneyTests tests, RehearsalTheatre theatre, ExchangeCalendar calendar, Clock clock) {
    this.tests = tests;
    this.theatre = theatre;
    this.calendar = calendar;
    this.clock = clock;
  }

  @Override
  public List<String> reasonsAgainst(JourneyVersion version) {
    return tests.of(version.key()).stream()
        .flatMap(
            test ->
                run(test, version)
                    .map(
                        problem ->
                            "旅程测试“%s”没有通过：%s。请修改旅程，或在预演页修改测试后再发布。".formatted(test.name(), problem))
                    .stream())
        .toList();
  }

  /**
   * Runs one test on a version and notes how it went.
   *
   * @return what was not as expected; empty when all was
   */
  public Optional<String> run(JourneyTest test, JourneyVersion version) {
    Optional<String> problem = problem(test, version);
    tests.ran(test.id(), version.id(), problem.orElse(null));
    return problem;
  }

  private Optional<String> problem(JourneyTest test, JourneyVersion version) {
    try {
      Scene scene =
          theatre.play(Script.of(version.id()), test.person(), beginning(), Acts.read(test.acts()));
      String unmet =
          test.expectations().stream()
              .flatMap(expected -> expected.unmet(scene).stream())
              .collect(Collectors.joining("；"));
      return unmet.isEmpty() ? Optional.empty() : Optional.of(unmet);
    } catch (RehearsalRefusedException | CalendarUnknownException refused) {
      return Optional.of("无法预演：" + refused.getMessage());
    }
  }

  /** Ten o'clock of the next trading day. */
  public Instant beginning() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ExchangeCalendar.ZONE);
    return calendar.nextTradingDay(today).atTime(TEN).atZone(ExchangeCalendar.ZONE).toInstant();
  }
}
