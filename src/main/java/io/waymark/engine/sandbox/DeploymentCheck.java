package io.waymark.engine.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;

/**
 * Refuses a new deployment that contains anything but what {@link BpmnVocabulary}, {@link DmnCheck}
 * and {@link FormCheck} allow. It stands inside the engine's own deployment command, so every door
 * (console, REST, start-up folder) passes through it. What is already deployed is not checked
 * again: a rule that becomes stricter must not strand versions already live.
 */
public class DeploymentCheck implements Deployer {

  private static final int LARGEST_BYTES = 2 * 1024 * 1024;
  private static final int MOST_FILES = 20;

  // A name becomes the name of a resource, of a download and of a line on a screen.
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N} ._()（）-]{0,99}");

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
    Map<String, byte[]> files = new TreeMap<>();
    deployment.getResources().forEach((name, resource) -> files.put(name, resource.getBytes()));
    List<Problem> problems = check(files);
    if (!problems.isEmpty()) {
      throw new DeploymentRefusedException(problems);
    }
  }

  /** Problems of the files of one deployment; empty when they may be deployed together. */
  public List<Problem> check(Map<String, byte[]> files) {
    if (files.size() > MOST_FILES) {
      return List.of(new Problem(ProblemKind.FILE, "部署", "文件", "一次最多部署 " + MOST_FILES + " 个文件。"));
    }
    List<Problem> problems = new ArrayList<>();
    files.forEach((name, bytes) -> problems.addAll(check(name, bytes)));
    if (problems.isEmpty()) {
      problems.addAll(TogetherCheck.check(files));
    }
    return problems;
  }

  /** The files whose names are none that a person or a database can be shown. */
  public static List<Problem> misnamed(Collection<String> names) {
    return names.stream()
        .filter(name -> !NAME.matcher(name).matches())
        .map(
            name ->
                new Problem(
                    ProblemKind.FILE,
                    shown(name),
                    "文件",
                    "文件名只能用字母、数字、汉字、空格、点、横线和括号，最多 100 个字，不能带路径。"))
        .toList();
  }

  private static String shown(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N} ._()/\\\\-]", "?");
    return plain.substring(0, Math.min(plain.length(), 100));
  }

  /** Problems of one file, in document order; empty when it may be deployed. */
  public List<Problem> check(String name, byte[] bytes) {
    if (bytes.length > LARGEST_BYTES) {
      return List.of(new Problem(ProblemKind.SIZE, name, "文件", "文件超过 2 MB。"));
    }
    List<Problem> misnamed = misnamed(List.of(name));
    if (!misnamed.isEmpty()) {
      return misnamed;
    }
    if (name.endsWith(".bpmn")) {
      return new BpmnCheck(name, steps, expressions).check(bytes);
    }
    if (name.endsWith(".dmn")) {
      return new DmnCheck(name).check(bytes);
    }
    if (name.endsWith(".form")) {
      return new FormCheck(name).check(bytes);
    }
    return List.of(new Problem(ProblemKind.FILE, name, "文件", "只接受 .bpmn、.dmn 和 .form 文件（扩展名小写）。"));
  }
}
