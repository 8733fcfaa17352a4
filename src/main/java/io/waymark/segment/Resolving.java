package io.waymark.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the rules of audiences that one rule refers to, each read once, and refuses circles. Made
 * for one question about one audience.
 */
final class Resolving implements Function<String, Rule> {

  /** References may be shared many times over; more than this is refused, not computed. */
  private static final int MOST_REFERENCES = 200;

  private final String root;
  private final Function<String, Optional<Rule>> stored;
  private final Map<String, Rule> known = new HashMap<>();

  Resolving(String root, Function<String, Optional<Rule>> stored) {
    this.root = root;
    this.stored = stored;
  }

  /** The rule of the audience itself, checked. */
  Rule rule() {
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
  void check(Rule rule) {
    var path = new ArrayDeque<String>();
    path.addLast(root);
    int references = walk(rule, path);
    if (references > MOST_REFERENCES) {
      throw new AudienceRefusedException(
          "人群“" + root + "”展开后引用了 " + references + " 次其他人群,最多 " + MOST_REFERENCES + " 次,请简化规则。");
    }
  }

  private int walk(Rule rule, Deque<String> path) {
    if (rule instanceof Rule.All all) {
      return all.parts().stream().mapToInt(part -> walk(part, path)).sum();
    }
    if (rule instanceof Rule.Any any) {
      return any.parts().stream().mapToInt(part -> walk(part, path)).sum();
    }
    if (rule instanceof Rule.Not not) {
      return walk(not.part(), path);
    }
    if (rule instanceof Rule.InAudience other) {
      return follow(other.code(), path);
    }
    return 0;
  }

  private int follow(String code, Deque<String> path) {
    if (path.contains(code)) {
      throw new AudienceRefusedException(
          "人群互相引用成了圈:" + String.join(" → ", path) + " → " + code + ",请去掉其中一处引用。");
    }
    path.addLast(code);
    int references = 1 + walk(apply(code), path);
    path.removeLast();
    return references;
  }
}
