package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.List;
import java.util.stream.Stream;

/** A task nobody hears of when it is late. */
final class TaskNotEscalated implements Rule {

  @Override
  public String id() {
    return "structure.task_not_escalated";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes("userTask").stream()
        .filter(
            task -> drawing.boundaries(task).stream().noneMatch(late -> helps(drawing, task, late)))
        .map(
            task ->
                Mark.at(
                    task,
                    "投顾任务" + task.called() + "超时没有人知道，客户会一直停在这里。",
                    "请在方框边上加一个非中断的定时边界事件，接“任务升级”，再接结束事件。"));
  }

  /** Ending the wait helps as well as telling the leader. */
  private static boolean helps(Drawing drawing, Node task, Node late) {
    return late.has("timerEventDefinition")
        && (!late.besides()
            || drawing.reachable(List.of(late), any -> false).stream()
                .anyMatch(
                    node -> node.step("escalateTask") && node.setting("task").equals(task.id())));
  }
}
