package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** Several lines out of a step: the same customer would go all of them at once. */
final class ImplicitFork implements Rule {

  @Override
  public String id() {
    return "structure.implicit_fork";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes().stream()
        .filter(node -> !node.kind().endsWith("Gateway"))
        .filter(node -> drawing.from(node).stream().filter(flow -> !flow.conditional()).count() > 1)
        .map(
            node ->
                Mark.at(
                    node,
                    node.called() + "引出了几条线，同一位客户会同时走每一条，收到重复的消息。",
                    "请只留一条线；要分情况，就在后面加一个排他网关。"));
  }
}
