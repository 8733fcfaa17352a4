package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** An escalation of a task that is not drawn. */
final class EscalatesNothing implements Rule {

  @Override
  public String id() {
    return "structure.escalates_nothing";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.steps("escalateTask").stream()
        .filter(step -> !step.setting("task").isEmpty())
        .filter(
            step -> {
              Node task = drawing.node(step.setting("task"));
              return task == null || !task.is("userTask");
            })
        .map(
            step ->
                Mark.at(
                    step,
                    step.called() + "要升级的任务“" + step.setting("task") + "”不在图上，到时什么也不会发生。",
                    "请把设置“任务”改成图上那个投顾任务的编号。"));
  }
}
