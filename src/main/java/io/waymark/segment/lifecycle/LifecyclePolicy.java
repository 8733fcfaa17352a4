package io.waymark.segment.lifecycle;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stages and the ways between them (requirement D13).
 *
 * @param stages the furthest first, which is the order a customer without a stage is tried in; the
 *     last takes all others
 */
public record LifecyclePolicy(List<Stage> stages) {

  private static final int LONGEST_STAY = 3660;

  public LifecyclePolicy {
    stages = List.copyOf(stages);
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException with a Chinese sentence that names what is missing or misspelt
   */
  public static LifecyclePolicy read(String yaml) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .readValue(yaml, LifecyclePolicy.class);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("生命周期规则无法读取，请检查：" + e.getMessage(), e);
    }
  }

  /** The stage of this code. */
  public Optional<Stage> stage(String code) {
    return stages.stream().filter(one -> one.code().equals(code)).findFirst();
  }

  /** Stages before it in the list that may follow it, in the order they are tried. */
  List<Stage> onward(Stage stage) {
    return following(stage, true);
  }

  /** Stages behind it in the list that may follow it, in the order they are tried. */
  List<Stage> back(Stage stage) {
    return following(stage, false);
  }

  private List<Stage> following(Stage stage, boolean onward) {
    return stage.to().stream()
        .flatMap(code -> stage(code).stream())
        .filter(to -> stages.indexOf(to) < stages.indexOf(stage) == onward)
        .toList();
  }

  /** Every rule that is asked. */
  List<Rule> rules() {
    return stages.stream()
        .flatMap(
            one -> Stream.of(Optional.ofNullable(one.enter()), Optional.ofNullable(one.hold())))
        .flatMap(Optional::stream)
        .map(AudienceRules::parse)
        .toList();
  }

  /** What stands against this policy, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    int last = stages.size() - 1;
    if (last < 1) {
      problems.add("至少要有两个阶段。");
    }
    for (int i = 0; i <= last; i++) {
      Stage stage = stages.get(i);
      String name = "阶段“%s”".formatted(stage.name());
      if (!stage.code().matches("[a-z][a-z0-9_]{0,39}") || !codes.add(stage.code())) {
        problems.add(name + "的 code 须为小写字母、数字和下划线，且不能重复。");
      }
      if ((i == last) != (stage.enter() == null)) {
        problems.add(i == last ? name + "是最后一个阶段，收下其余客户，不能写 enter。" : name + "没有写进入条件 enter。");
      }
      if (stage.stayDays() < 0 || stage.stayDays() > LONGEST_STAY) {
        problems.add(name + "的 stay-days 须在 0 至 %d 之间。".formatted(LONGEST_STAY));
      }
      Stream.of("enter", "hold")
          .forEach(field -> checkRule(name, field, rule(stage, field), problems));
    }
    Set<String> all = stages.stream().map(Stage::code).collect(Collectors.toSet());
    stages.forEach(stage -> checkWays(stage, all, problems));
    return problems;
  }

  private static Optional<String> rule(Stage stage, String field) {
    return Optional.ofNullable(field.equals("enter") ? stage.enter() : stage.hold());
  }

  private static void checkRule(
      String name, String field, Optional<String> rule, List<String> problems) {
    rule.flatMap(AudienceRules::problemAlone)
        .ifPresent(problem -> problems.add("%s的 %s 有误：%s".formatted(name, field, problem)));
  }

  private static void checkWays(Stage stage, Set<String> all, List<String> problems) {
    String name = "阶段“%s”".formatted(stage.name());
    Set<String> seen = new HashSet<>();
    for (String to : stage.to()) {
      if (!all.contains(to)) {
        problems.add("%s的 to 写了没有的阶段“%s”。".formatted(name, Objects.toString(to)));
      } else if (to.equals(stage.code()) || !seen.add(to)) {
        problems.add("%s的 to 不能写自己，也不能重复。".formatted(name));
      }
    }
  }
}
