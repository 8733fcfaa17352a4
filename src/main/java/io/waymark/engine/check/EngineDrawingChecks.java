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

  private static final String MEND = "请在建模器中删去或改正这一处,只使用路标的步骤模板。";

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
                    "engine.sandbox",
                    Severity.ERROR,
                    problem.resource(),
                    problem.element(),
                    null,
                    problem.message(),
                    MEND))
        .toList();
  }
}
