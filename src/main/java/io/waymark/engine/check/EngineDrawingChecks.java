package io.waymark.engine.check;

import io.waymark.engine.sandbox.DeploymentCheck;
import io.waymark.engine.sandbox.Problem;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.journey.check.Severity;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Answers with everything the sandbox and every rule say of a drawing. */
@Component
class EngineDrawingChecks implements DrawingChecks {

  private final DeploymentCheck sandbox;
  private final FactsReader facts;
  private final Clock clock;

  EngineDrawingChecks(DeploymentCheck sandbox, FactsReader facts, Clock clock) {
    this.sandbox = sandbox;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public List<Finding> check(Map<String, byte[]> files) {
    Map<String, byte[]> sorted = new TreeMap<>(files);
    List<Problem> problems = sandbox.check(sorted);
    if (problems.stream().anyMatch(EngineDrawingChecks::unreadable)) {
      return Reading.ordered(problems.stream().map(problem -> finding(problem, Reading.NOTHING)));
    }
    Instant now = clock.instant();
    Reading reading = Reading.of(sorted, drawing -> facts.read(drawing, now), now);
    return Reading.ordered(
        Stream.concat(
            problems.stream().map(problem -> finding(problem, reading)),
            reading.findings().stream()));
  }

  /** Nobody follows the ways of a drawing that is too large to be one. */
  private static boolean unreadable(Problem problem) {
    return switch (problem.kind()) {
      case FILE, XML, SIZE -> true;
      default -> false;
    };
  }

  private static Finding finding(Problem problem, Reading reading) {
    return new Finding(
        "engine." + problem.kind().code(),
        Severity.ERROR,
        problem.resource(),
        reading.has(problem.element()) ? problem.element() : null,
        reading.name(problem.element()).orElse(null),
        problem.message(),
        problem.kind().mend());
  }
}
