package io.waymark.compliance.abuse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The velocity rules in force (requirement K9). */
public record AbusePolicy(List<VelocityRule> rules) {

  private static final Set<String> SIGNALS = Set.of("device", "ip", "contact");

  public AbusePolicy {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException naming what is missing or misspelt
   */
  public static AbusePolicy read(String yaml) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .readValue(yaml, AbusePolicy.class);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("防作弊规则无法读取，请检查：" + e.getMessage(), e);
    }
  }

  /** What stands against this policy, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (VelocityRule rule : rules) {
      String name = "规则 " + rule.code();
      if (!rule.code().matches("[a-z][a-z0-9_]{0,40}") || !codes.add(rule.code())) {
        problems.add(name + " 的代码须为小写字母、数字和下划线，且不能重复。");
      }
      if (!SIGNALS.contains(rule.signal())) {
        problems.add(name + " 的 signal 只能是 device、ip 或 contact。");
      }
      if (rule.events().isEmpty()) {
        problems.add(name + " 没有写 events，请写明看哪些事件。");
      }
      if (rule.customers() < 2 || rule.customers() > 1000) {
        problems.add(name + " 的 customers 须在 2 至 1000 之间。");
      }
      if (rule.hours() < 1 || rule.hours() > 24 * 90) {
        problems.add(name + " 的 hours 须在 1 至 2160 之间。");
      }
      if (rule.basis().isBlank() || rule.name().isBlank()) {
        problems.add(name + " 没有写名称或依据，请补上。");
      }
    }
    return problems;
  }

  Set<String> events() {
    return rules.stream().flatMap(rule -> rule.events().stream()).collect(Collectors.toSet());
  }

  Set<String> signals(String event) {
    return rules.stream()
        .filter(rule -> rule.events().contains(event))
        .map(VelocityRule::signal)
        .collect(Collectors.toSet());
  }

  int longestHours() {
    return rules.stream().mapToInt(VelocityRule::hours).max().orElse(0);
  }
}
