package io.waymark.engine.rehearsal;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.rehearsal.RehearsalRefusedException;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.rehearsal.Rehearsing;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts a version in force on a stage, and nowhere else. */
@Component
class StagedVersion {

  private static final String NOBODY = "~rehearsal";

  private final JourneyVersions versions;
  private final JourneyDeployments deployments;
  private final ProcessEngineConfigurationImpl engine;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  StagedVersion(
      JourneyVersions versions,
      JourneyDeployments deployments,
      ProcessEngineConfigurationImpl engine,
      JdbcClient jdbc,
      TransactionTemplate transaction) {
    this.versions = versions;
    this.deployments = deployments;
    this.engine = engine;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** The deployments whose files the stage must have; asked before it opens. */
  List<String> deploymentsOf(Script script) {
    return script.versionId() == null ? List.of() : List.of(find(script).deploymentId());
  }

  private JourneyVersion find(Script script) {
    return versions
        .find(java.util.Objects.requireNonNull(script.versionId()))
        .orElseThrow(() -> new RehearsalRefusedException("找不到这个旅程版本，请刷新后重试。"));
  }

  /**
   * The version, open for entries; called on the stage.
   *
   * @throws RehearsalRefusedException when the drawing cannot be deployed
   */
  JourneyVersion putInForce(Script script) {
    if (!Rehearsing.on()) {
      throw new IllegalStateException("versions come into force by a review, not by a rehearsal");
    }
    JourneyVersion version = script.versionId() == null ? deploy(script) : find(script);
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  """
                  update journey_version
                     set status = 'ended', decided_by = coalesce(decided_by, ?)
                   where journey_key = ? and id <> ? and status in ('live', 'paused', 'yielding')
                  """)
              .params(NOBODY, version.key(), version.id())
              .update();
          jdbc.sql(
                  """
                  update journey_version
                     set status = 'live', decided_by = coalesce(decided_by, ?), expires_at = null
                   where id = ?
                  """)
              .params(NOBODY, version.id())
              .update();
        });
    return versions.find(version.id()).orElseThrow();
  }

  private JourneyVersion deploy(Script script) {
    try {
      return deployments
          .deploy(NOBODY, script.files())
          .flatMap(versions::byDefinition)
          .orElseThrow(() -> new RehearsalRefusedException("文件里没有旅程，请选择含有流程的 .bpmn 文件。"));
    } catch (DeploymentRefusedException refused) {
      throw new RehearsalRefusedException(refused.getMessage());
    }
  }

  /** Takes out of the engine's memory what was deployed on a stage alone. */
  void forget(Script script, JourneyVersion version) {
    if (script.versionId() == null) {
      engine.getDeploymentCache().removeProcessDefinition(version.definitionId());
      engine.getRegisteredDeployments().remove(version.deploymentId());
    }
  }
}
