package io.waymark.engine.check.portability;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A function only this engine line knows. */
final class CalendarFunction implements Rule {

  @Override
  public String id() {
    return "portability.calendar_function";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes().stream()
        .filter(node -> node.timer().contains("{"))
        .map(
            node ->
                Mark.at(
                    node,
                    node.called() + "用了日历函数，换到别的流程引擎时要改写。",
                    "不打算更换引擎就不必理会；要通用，请写成时长，例如 P1D。"));
  }
}
