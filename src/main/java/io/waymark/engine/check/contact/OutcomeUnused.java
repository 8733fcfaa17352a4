package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Variables;
import io.waymark.journey.check.Severity;
import java.util.List;
import java.util.stream.Stream;

/** An advisor's answer that changes nothing. */
final class OutcomeUnused implements Rule {

  @Override
  public String id() {
    return "contact.outcome_unused";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes("userTask").stream()
        .filter(task -> task.settings("outcomes").size() > 1)
        .filter(
            task ->
                drawing.reachable(List.of(task), any -> false).stream()
                    .flatMap(node -> drawing.from(node).stream())
                    .noneMatch(flow -> Variables.read(flow.condition()).contains("outcome")))
        .map(
            task ->
                Mark.at(
                    task,
                    "投顾在" + task.called() + "里选的结果没有被用到，选什么客户都走同一条路。",
                    "请在任务后面加一个网关，按 outcome 分路；或只留一个结果。"));
  }
}
