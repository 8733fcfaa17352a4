package io.waymark.engine.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/**
 * Refuses a new deployment that contains anything but what {@link BpmnVocabulary}, {@link DmnCheck}
 * and {@link FormCheck} allow. It stands inside the engine's own deployment command, so every door
 * (console, REST, start-up folder) passes through it. What is already deployed is not checked
 * again: a rule that becomes stricter must not strand versions already live.
 */
public class DeploymentCheck implements Deployer {

  private static final int LARGEST_BYTES = 2 * 1024 * 1024;

  private final Map<String, StepSettings> steps;
  private final ExpressionCheck expressions;

  /**
   * Checks against these steps and functions.
   *
   * @param functions names of the calendar functions an expression may call
   */
  public DeploymentCheck(Collection<StepSettings> steps, Set<String> functions) {
    this(steps, functions, Set.of());
  }

  /**
   * Checks against these steps and functions, some names being taken by the software itself.
   *
   * @param reserved names that no drawing may use for a variable or a step
   */
  public DeploymentCheck(
      Collection<StepSettings> steps, Set<String> functions, Set<String> reserved) {
    this.steps = steps.stream().collect(Collectors.toMap(StepSettings::name, Function.identity()));
    Set<String> taken = new HashSet<>(reserved);
    taken.addAll(this.steps.keySet());
    this.expressions = new ExpressionCheck(taken, functions);
  }

  /**
   * Called by the engine for each deployment it is about to take.
   *
   * @throws DeploymentRefusedException naming every element that is not allowed
   */
  @Override
  public void deploy(DeploymentEntity deployment) {
    if (!deployment.isNew() || ReviewDrawing.is(deployment.getResources())) {
      return;
    }
    List<Problem> problems = new ArrayList<>();
    deployment.getResources().values().forEach(resource -> problems.addAll(check(resource)));
    if (problems.isEmpty()) {
      problems.addAll(TogetherCheck.check(deployment.getResources()));
    }
    if (!problems.isEmpty()) {
      throw new DeploymentRefusedException(problems);
    }
  }

  private List<Problem> check(ResourceEntity resource) {
    return check(resource.getName(), resource.getBytes());
  }

  /** Problems of one file, in document order; empty when it may be deployed. */
  public List<Problem> check(String name, byte[] bytes) {
    if (bytes.length > LARGEST_BYTES) {
      return List.of(new Problem(name, "文件", "文件超过 2 MB。"));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".bpmn")) {
      return new BpmnCheck(name, steps, expressions).check(bytes);
    }
    if (lower.endsWith(".dmn")) {
      return new DmnCheck(name).check(bytes);
    }
    if (lower.endsWith(".form")) {
      return new FormCheck(name).check(bytes);
    }
    return List.of(new Problem(name, "文件", "只接受 .bpmn、.dmn 和 .form 文件。"));
  }
}
