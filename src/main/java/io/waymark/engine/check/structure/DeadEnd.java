package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A node that leads nowhere and is no end: customers drop out there unnoticed. */
final class DeadEnd implements Rule {

  @Override
  public String id() {
    return "structure.dead_end";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes().stream()
        .filter(node -> !node.is("endEvent") && !node.eventSubProcess())
        .filter(node -> drawing.from(node).isEmpty())
        .map(
            node ->
                Mark.at(
                    node,
                    node.called() + "之后没有连线，客户走到这里就无声无息地离开了。",
                    "请连到下一步；如果就到这里为止，请连到一个结束事件，并写明结局。"));
  }
}
