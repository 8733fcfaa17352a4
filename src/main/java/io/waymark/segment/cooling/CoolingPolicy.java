package io.waymark.segment.cooling;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Interest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When a customer is left alone to cool off (requirement J16).
 *
 * @param liftedBy types of events after which the period ends early
 * @param leastDays how long it lasts at least, whatever happens
 */
public record CoolingPolicy(List<String> liftedBy, int leastDays, List<CoolingRule> rules) {

  private static final int LONGEST = 366;

  public CoolingPolicy {
    liftedBy = List.copyOf(liftedBy);
    rules = List.copyOf(rules);
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException with a Chinese sentence that names what is missing or misspelt
   */
  public static CoolingPolicy read(String yaml) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .readValue(yaml, CoolingPolicy.class);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("冷静期规则无法读取，请检查：" + e.getMessage(), e);
    }
  }

  /** Types of events that may begin or end a period. */
  Set<String> types() {
    Set<String> types = new HashSet<>(liftedBy);
    for (CoolingRule rule : rules) {
      types.addAll(types(rule));
    }
    return types;
  }

  /** What stands against this policy, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    if (leastDays < 0 || leastDays > LONGEST) {
      problems.add("least-days 须在 0 至 %d 之间。".formatted(LONGEST));
    }
    for (CoolingRule rule : rules) {
      String name = "规则“%s”".formatted(rule.name());
      if (!rule.code().matches("[a-z][a-z0-9_]{0,40}") || !codes.add(rule.code())) {
        problems.add(name + "的代码须为小写字母、数字和下划线，且不能重复。");
      }
      if (rule.days() < Math.max(1, leastDays) || rule.days() > LONGEST) {
        problems.add(name + "的 days 须不少于 least-days，且在 1 至 %d 之间。".formatted(LONGEST));
      }
      AudienceRules.problemAlone(rule.rule())
          .ifPresentOrElse(
              problem -> problems.add(name + "的 rule 有误：" + problem),
              () -> {
                if (types(rule).isEmpty()) {
                  problems.add(name + "的 rule 须至少写一个事件条件，否则没有时机去判断。");
                }
              });
    }
    return problems;
  }

  private static Set<String> types(CoolingRule rule) {
    Set<String> types = new HashSet<>();
    for (Interest interest :
        Interest.of(AudienceRules.parse(rule.rule()), AudienceRules::none, tag -> null)) {
      if (interest.kind().equals("event")) {
        types.add(interest.name());
      }
    }
    return types;
  }
}
