package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** Steps behind one that says the customer has left. */
final class GoesOn implements Rule {

  @Override
  public String id() {
    return "structure.goes_on_after_leaving";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.steps("leaveJourney", "reachGoal").stream()
        .filter(
            leaving ->
                drawing.reachable(drawing.next(leaving).toList(), any -> false).stream()
                    .anyMatch(node -> node.waits() || node.step("sendMessage")))
        .map(
            leaving ->
                Mark.at(
                    leaving, leaving.called() + "已经记下客户离开，后面却还有等待或发送。", "请把后面的步骤移到它前面，让它之后直接结束。"));
  }
}
