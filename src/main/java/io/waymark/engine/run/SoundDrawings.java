package io.waymark.engine.run;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.PublicationGuard;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Looks at an approved drawing once more before it goes live: what it refers to (templates,
 * audiences, products) may have changed since the approval.
 */
@Component
class SoundDrawings implements PublicationGuard {

  private final DrawingChecks checks;
  private final JourneyDeployments deployments;
  private final EngineCommands commands;

  SoundDrawings(DrawingChecks checks, JourneyDeployments deployments, EngineCommands commands) {
    this.checks = checks;
    this.deployments = deployments;
    this.commands = commands;
  }

  @Override
  public List<String> reasonsAgainst(JourneyVersion version) {
    return commands
        .unhinderedResult(() -> checks.check(deployments.files(version.deploymentId())))
        .stream()
        .filter(Finding::blocksPublication)
        .map(SoundDrawings::told)
        .distinct()
        .toList();
  }

  private static String told(Finding finding) {
    String where = finding.elementName() == null ? finding.element() : finding.elementName();
    return (where == null ? "" : "“" + where + "”：") + finding.why() + finding.mend();
  }
}
