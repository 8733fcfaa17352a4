package io.waymark.engine.review;

import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.engine.run.EngineCommands;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Lets nobody's time be taken by a drawing of which the rules already know that it may not go live.
 */
@Component
class DrawnSoundly {

  private static final int MOST_TOLD = 5;

  // Asked for only when a journey is submitted: the rules know the steps, the steps know the
  // reviews, and the engine is not built yet when these are.
  private final ObjectProvider<DrawingChecks> checks;
  private final ObjectProvider<JourneyDeployments> deployments;
  private final ObjectProvider<EngineCommands> commands;

  DrawnSoundly(
      ObjectProvider<DrawingChecks> checks,
      ObjectProvider<JourneyDeployments> deployments,
      ObjectProvider<EngineCommands> commands) {
    this.checks = checks;
    this.deployments = deployments;
    this.commands = commands;
  }

  /**
   * Refuses a version with an error in it, as of now.
   *
   * @throws ReviewRefusedException naming elements and what to do
   */
  void require(JourneyVersion version) {
    List<Finding> errors =
        commands
            .getObject()
            .unhinderedResult(
                () ->
                    checks.getObject().check(deployments.getObject().files(version.deploymentId())))
            .stream()
            .filter(Finding::blocksPublication)
            .toList();
    if (!errors.isEmpty()) {
      String more =
          errors.size() > MOST_TOLD ? "另有 %d 处。".formatted(errors.size() - MOST_TOLD) : "";
      throw new ReviewRefusedException(
          "checks_failed",
          "旅程还有 %d 处必须先改好：".formatted(errors.size())
              + errors.stream()
                  .limit(MOST_TOLD)
                  .map(DrawnSoundly::told)
                  .collect(Collectors.joining("；"))
              + "。"
              + more);
    }
  }

  private static String told(Finding finding) {
    String where = finding.elementName() == null ? finding.element() : finding.elementName();
    String sentence = finding.why() + finding.mend();
    return (where == null ? "" : "“" + where + "”：") + sentence.substring(0, sentence.length() - 1);
  }
}
