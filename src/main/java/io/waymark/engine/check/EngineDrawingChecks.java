package io.waymark.engine.check;

import io.waymark.engine.sandbox.DeploymentCheck;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.journey.check.Severity;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Answers for a drawing with everything the sandbox says against it. */
@Component
class EngineDrawingChecks implements DrawingChecks {

  private final DeploymentCheck sandbox;

  EngineDrawingChecks(DeploymentCheck sandbox) {
    this.sandbox = sandbox;
  }

  @Override
  public List<Finding> check(Map<String, byte[]> files) {
    return sandbox.check(files).stream()
        .map(
            problem ->
                new Finding(
                    "engine." + problem.kind().code(),
                    Severity.ERROR,
                    problem.resource(),
                    problem.element(),
                    null,
                    problem.message(),
                    problem.kind().mend()))
        .toList();
  }
}
