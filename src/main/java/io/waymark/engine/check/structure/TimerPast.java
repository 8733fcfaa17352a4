package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.sandbox.TimerText;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A fixed moment that has passed. */
final class TimerPast implements Rule {

  @Override
  public String id() {
    return "structure.timer_past";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes().stream()
        .filter(
            node ->
                TimerText.moment(node.timer())
                    .filter(moment -> moment.toInstant().isBefore(subject.now()))
                    .isPresent())
        .map(
            node ->
                Mark.at(
                    node,
                    node.called() + "等的时刻 " + node.timer() + " 已经过去，客户到了这里一刻也不停。",
                    "请改成以后的时刻，或写成时长（P3D）与日历函数。"));
  }
}
