package io.waymark.engine.check;

import io.waymark.engine.check.rule.Facts;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.engine.sandbox.Problem;
import io.waymark.engine.sandbox.ProblemKind;
import io.waymark.engine.sandbox.ReviewDrawing;
import io.waymark.journey.check.Finding;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.springframework.stereotype.Component;

/**
 * Refuses a new drawing in which customers would get stuck or walk twice, at the engine's own door
 * behind the sandbox. What only concerns content is no matter of a draft.
 */
@Component
public class StructureDoor implements Deployer {

  private final Clock clock;

  StructureDoor(Clock clock) {
    this.clock = clock;
  }

  /**
   * Called by the engine for each deployment the sandbox let through.
   *
   * @throws DeploymentRefusedException naming every place
   */
  @Override
  public void deploy(DeploymentEntity deployment) {
    if (!deployment.isNew() || ReviewDrawing.is(deployment.getResources())) {
      return;
    }
    Map<String, byte[]> files = new TreeMap<>();
    deployment.getResources().forEach((name, resource) -> files.put(name, resource.getBytes()));
    List<Problem> problems =
        Reading.of(files, unused -> Facts.NONE, clock.instant()).findings().stream()
            .filter(Finding::blocksDeployment)
            .map(StructureDoor::problem)
            .toList();
    if (!problems.isEmpty()) {
      throw new DeploymentRefusedException(problems);
    }
  }

  private static Problem problem(Finding finding) {
    return new Problem(
        ProblemKind.STRUCTURE,
        finding.file(),
        String.valueOf(finding.element()),
        finding.why() + finding.mend());
  }
}
