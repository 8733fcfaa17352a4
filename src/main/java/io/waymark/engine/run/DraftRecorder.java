package io.waymark.engine.run;

import io.waymark.engine.sandbox.ReviewDrawing;
import io.waymark.journey.JourneySettings;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.JourneyVersions.Deployed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.TreeMap;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.springframework.stereotype.Component;

/**
 * Records every deployed journey as a draft of whoever deployed it, in the deployment's
 * transaction: it changes nothing for customers until somebody else approves exactly these files.
 */
@Component
public class DraftRecorder implements Deployer {

  /** Author of what is deployed from the start-up folder, where nobody is signed in. */
  public static final String FOLDER = "folder";

  private final JourneyVersions versions;

  DraftRecorder(JourneyVersions versions) {
    this.versions = versions;
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    if (!deployment.isNew()) {
      return;
    }
    for (ProcessDefinitionEntity definition :
        deployment.getDeployedArtifacts(ProcessDefinitionEntity.class)) {
      if (definition.getKey().equals(ReviewDrawing.KEY)) {
        continue;
      }
      versions.recordDraft(
          new Deployed(
              definition.getKey(),
              definition.getVersion(),
              Objects.requireNonNullElse(definition.getName(), definition.getKey()),
              definition.getId(),
              deployment.getId(),
              hash(deployment),
              JourneySettings.read(StepProperties.of(definition)),
              author()));
    }
  }

  private static String author() {
    Authentication authentication = Context.getCommandContext().getAuthentication();
    return authentication == null || authentication.getUserId() == null
        ? FOLDER
        : authentication.getUserId();
  }

  private static String hash(DeploymentEntity deployment) {
    MessageDigest digest = sha256();
    new TreeMap<>(deployment.getResources())
        .forEach((name, resource) -> update(digest, name, resource));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String name, ResourceEntity resource) {
    byte[] nameBytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    digest.update(
        java.nio.ByteBuffer.allocate(8)
            .putInt(nameBytes.length)
            .putInt(resource.getBytes().length)
            .array());
    digest.update(nameBytes);
    digest.update(resource.getBytes());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
