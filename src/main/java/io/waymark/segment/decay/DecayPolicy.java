package io.waymark.segment.decay;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which signals are computed (requirement D15). */
public record DecayPolicy(List<DecaySignal> signals) {

  private static final int LONGEST = 400;

  public DecayPolicy {
    signals = List.copyOf(signals);
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException with a Chinese sentence that names what is missing or misspelt
   */
  public static DecayPolicy read(String yaml) {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build()
          .readValue(yaml, DecayPolicy.class);
    } catch (IOException | NullPointerException e) {
      throw new IllegalArgumentException("衰减信号规则无法读取，请检查：" + e.getMessage(), e);
    }
  }

  /** The signal of this code. */
  public Optional<DecaySignal> signal(String code) {
    return signals.stream().filter(one -> one.code().equals(code)).findFirst();
  }

  /** What stands against this policy, as sentences. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (DecaySignal signal : signals) {
      String name = "信号“%s”".formatted(signal.name());
      if (!signal.code().matches("[a-z][a-z0-9_]{0,40}") || !codes.add(signal.code())) {
        problems.add(name + "的 code 须为小写字母、数字和下划线，且不能重复。");
      }
      if (signal.events().isEmpty() == (signal.tag() == null)) {
        problems.add(name + "须写 events（计算事件）或 tag（读取标签）之一，且只能写一个。");
      }
      if (signal.tag() != null && signal.amount() != null) {
        problems.add(name + "读取标签时不能写 amount。");
      }
      if (signal.recentDays() < 1
          || signal.baseDays() < signal.recentDays()
          || signal.recentDays() + signal.baseDays() > LONGEST) {
        problems.add(
            name + "的 recent-days 须不少于 1，base-days 不少于 recent-days，合计不超过 %d。".formatted(LONGEST));
      }
      if (signal.leastBase() < 1) {
        problems.add(name + "的 least-base 须不少于 1，否则一次登录也会算作下降。");
      }
      if (signal.endsAt() < 0 || signal.endsAt() >= signal.beginsAt() || signal.beginsAt() > 100) {
        problems.add(name + "的 ends-at 须小于 begins-at，两者在 0 至 100 之间。");
      }
    }
    return problems;
  }
}
