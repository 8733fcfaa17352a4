package io.waymark.segment.rule;

import java.util.List;

/**
 * A rule as a tree. Truth is three-valued (Kleene): a condition whose fact is missing or stale is
 * unknown, and groups follow SQL's {@code and}, {@code or}, {@code not}.
 */
public sealed interface Rule {

  /** The Chinese words for this part of the rule. */
  String wording();

  /** The rules this one is made of, in order; those of another audience are not among them. */
  default List<Rule> inner() {
    return List.of();
  }

  /** Every part must hold. */
  record All(List<Rule> parts) implements Rule {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public String wording() {
      return "以下全部满足";
    }

    @Override
    public List<Rule> inner() {
      return parts;
    }
  }

  /** One part at least must hold. */
  record Any(List<Rule> parts) implements Rule {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public String wording() {
      return "以下任一满足";
    }

    @Override
    public List<Rule> inner() {
      return parts;
    }
  }

  /** The part must not hold. */
  record Not(Rule part) implements Rule {
    @Override
    public String wording() {
      return "以下不成立";
    }

    @Override
    public List<Rule> inner() {
      return List.of(part);
    }
  }

  /** The part can be answered neither yes nor no; itself never unknown. */
  record IsUnknown(Rule part) implements Rule {
    @Override
    public String wording() {
      return "以下无法判断(数据缺失或过期)";
    }

    @Override
    public List<Rule> inner() {
      return List.of(part);
    }
  }

  /** The customer belongs to another audience. */
  record InAudience(String code) implements Rule {
    @Override
    public String wording() {
      return "属于人群“" + code + "”";
    }
  }

  /** One question about one customer, answered from stored facts. */
  sealed interface Condition extends Rule
      permits TagCondition, EventCondition, PersonCondition, HistoryCondition {

    /** The Chinese sentence that says why the answer is unknown, for conditions that can be. */
    default String unknownBecause() {
      return "缺少数据";
    }
  }
}
