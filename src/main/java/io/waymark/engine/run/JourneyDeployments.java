package io.waymark.engine.run;

import io.waymark.engine.sandbox.DeploymentCheck;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.engine.sandbox.Problem;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.Resource;
import org.springframework.stereotype.Component;

/** Brings drawings into the engine, each journey as a deployment of its own. */
@Component
public class JourneyDeployments {

  private final RepositoryService repository;
  private final IdentityService identity;

  JourneyDeployments(RepositoryService repository, IdentityService identity) {
    this.repository = repository;
    this.identity = identity;
  }

  /**
   * Deploys one journey with its tables and forms as a draft of its author. The same files again
   * change nothing.
   *
   * @param files content by file name
   * @param author user name
   * @param groups the author's groups in the engine
   * @return the engine's id of the new version; empty when the files are those of the last one
   * @throws DeploymentRefusedException when anything in the files is not allowed, or the engine
   *     cannot read them
   */
  public Optional<String> deploy(
      String name, Map<String, byte[]> files, String author, List<String> groups) {
    identity.setAuthentication(author, groups);
    try {
      return deploy(name, files);
    } finally {
      identity.clearAuthentication();
    }
  }

  /**
   * Deploys what comes with the installation, where nobody is signed in.
   *
   * @return the engine's id of the new version; empty when the files are those of the last one
   * @throws DeploymentRefusedException when anything in the files is not allowed, or the engine
   *     cannot read them
   */
  public Optional<String> deploy(String name, Map<String, byte[]> files) {
    // The engine asks the database by these names before it has anything checked.
    List<Problem> misnamed = DeploymentCheck.misnamed(files.keySet());
    if (!misnamed.isEmpty()) {
      throw new DeploymentRefusedException(misnamed);
    }
    // All files or none: a drawing finds its tables and forms in its own deployment only.
    DeploymentBuilder deployment =
        repository.createDeployment().name(name).source("waymark").enableDuplicateFiltering(false);
    new TreeMap<>(files)
        .forEach((file, bytes) -> deployment.addInputStream(file, new ByteArrayInputStream(bytes)));
    DeploymentWithDefinitions deployed;
    try {
      deployed = deployment.deployWithResult();
    } catch (ProcessEngineException failure) {
      throw UnreadableFiles.told(failure, files.keySet());
    }
    return Optional.ofNullable(deployed.getDeployedProcessDefinitions()).stream()
        .flatMap(List::stream)
        .map(ProcessDefinition::getId)
        .findFirst();
  }

  /** Everything that was deployed together: content by file name. */
  public Map<String, byte[]> files(String deploymentId) {
    Map<String, byte[]> files = new TreeMap<>();
    for (Resource resource : repository.getDeploymentResources(deploymentId)) {
      try (var stream = repository.getResourceAsStream(deploymentId, resource.getName())) {
        files.put(resource.getName(), stream.readAllBytes());
      } catch (java.io.IOException failure) {
        throw new java.io.UncheckedIOException(failure);
      }
    }
    return files;
  }

  /** The drawing of a version, as deployed. */
  public byte[] drawing(String definitionId) {
    try (var stream = repository.getProcessModel(definitionId)) {
      return stream.readAllBytes();
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
