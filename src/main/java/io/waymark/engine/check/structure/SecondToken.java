package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A way beside a step that joins the others again: the customer would be there twice. */
final class SecondToken implements Rule {

  @Override
  public String id() {
    return "structure.second_token";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes("boundaryEvent").stream()
        .filter(Node::besides)
        .filter(event -> joins(drawing, event))
        .map(
            event ->
                Mark.at(
                    event,
                    event.called() + "不中断原来的步骤，它的路又汇回了主路，同一位客户会把后面的步骤走两遍。",
                    "请让这条路自己结束（例如“任务升级”后接结束事件）；或把边界事件改为中断的。"));
  }

  private static boolean joins(Drawing drawing, Node event) {
    Set<Node> own = drawing.reachable(List.of(event), any -> false);
    List<Node> starts = drawing.nodes().stream().filter(drawing::begins).toList();
    Set<Node> others = new HashSet<>(drawing.reachable(starts, node -> node.equals(event)));
    others.remove(event);
    return own.stream().filter(node -> !node.is("endEvent")).anyMatch(others::contains);
  }
}
