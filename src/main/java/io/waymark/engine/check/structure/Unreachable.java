package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.Set;
import java.util.stream.Stream;

/** A node no customer ever comes to. */
final class Unreachable implements Rule {

  @Override
  public String id() {
    return "structure.unreachable";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Set<Node> reached =
        drawing.reachable(drawing.nodes().stream().filter(drawing::begins).toList(), any -> false);
    return drawing.nodes().stream()
        .filter(node -> !node.eventSubProcess() && !reached.contains(node))
        .map(node -> Mark.at(node, "没有任何一条路走得到" + node.called() + "。", "请从前面的步骤连一条线过来，或把它删掉。"));
  }
}
