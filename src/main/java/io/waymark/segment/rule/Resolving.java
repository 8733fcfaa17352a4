package io.waymark.segment.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the rules of audiences that one rule refers to, each read once, and refuses circles. Made
 * for one question about one audience.
 */
public final class Resolving implements Function<String, Rule> {

  /** References may be shared many times over; more than this is refused, not computed. */
  private static final int MOST_REFERENCES = 200;

  private static final int MOST_CONDITIONS = 300;

  private final String root;
  private final Function<String, Optional<Rule>> stored;
  private final Predicate<String> barred;
  private final Map<String, Rule> known = new HashMap<>();
  private int references;
  private int conditions;

  /**
   * @param root code of the audience asked about; empty for a rule that is not saved
   */
  public Resolving(String root, Function<String, Optional<Rule>> stored) {
    this(root, stored, tag -> false);
  }

  /**
   * @param barred tags that may not be used for the purpose of the audience asked about, whatever
   *     audience of another purpose mentions them; asked once its rule was read
   */
  public Resolving(String root, Function<String, Optional<Rule>> stored, Predicate<String> barred) {
    this.root = root;
    this.stored = stored;
    this.barred = barred;
  }

  /** Whether a tag may not be used here. */
  boolean bars(String tag) {
    return barred.test(tag);
  }

  /** The tags the rule reads, those of audiences it refers to included, that may not be used. */
  public List<String> barred(Rule rule) {
    return Interest.conditions(rule, this)
        .flatMap(one -> one instanceof TagCondition tag ? Stream.of(tag.tag()) : Stream.of())
        .filter(barred)
        .distinct()
        .sorted()
        .toList();
  }

  /** The rule of the audience itself, checked. */
  public Rule rule() {
    Rule rule = apply(root);
    check(rule);
    return rule;
  }

  /** The rule of an audience, unchecked. */
  @Override
  public Rule apply(String code) {
    return known.computeIfAbsent(
        code,
        missing ->
            stored
                .apply(missing)
                .orElseThrow(
                    () -> new AudienceRefusedException("没有代码为“" + missing + "”的人群,请检查代码或先建立它。")));
  }

  /** Follows every reference of the rule. */
  public void check(Rule rule) {
    var path = new ArrayDeque<String>();
    path.addLast(root);
    references = 0;
    conditions = 0;
    walk(rule, path);
  }

  private void walk(Rule rule, Deque<String> path) {
    if (rule instanceof Rule.Condition && ++conditions > MOST_CONDITIONS) {
      throw new AudienceRefusedException(
          "人群“" + root + "”展开引用后的条件超过 " + MOST_CONDITIONS + " 个,请简化规则。");
    }
    rule.inner().forEach(part -> walk(part, path));
    if (rule instanceof Rule.InAudience other) {
      follow(other.code(), path);
    }
  }

  private void follow(String code, Deque<String> path) {
    if (path.contains(code)) {
      throw new AudienceRefusedException(
          "人群互相引用成了圈:" + String.join(" → ", path) + " → " + code + ",请去掉其中一处引用。");
    }
    if (++references > MOST_REFERENCES) {
      throw new AudienceRefusedException(
          "人群“" + root + "”展开后引用其他人群的次数超过 " + MOST_REFERENCES + " 次,请简化规则。");
    }
    path.addLast(code);
    walk(apply(code), path);
    path.removeLast();
  }
}
