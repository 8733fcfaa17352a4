package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** Something without a name: nobody can read it. */
final class NameMissing implements Rule {

  @Override
  public String id() {
    return "structure.name_missing";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes().stream()
        .filter(node -> node.name().isEmpty())
        .map(
            node ->
                Mark.at(
                    node, "“" + node.id() + "”没有名称，图上、漏斗里和投顾那里都看不出是什么。", "请双击它，写一个不超过九个字的中文名称。"));
  }
}
