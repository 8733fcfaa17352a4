package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Table;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A table that leaves somebody without an answer. */
final class TableGap implements Rule {

  @Override
  public String id() {
    return "structure.table_gap";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes("businessRuleTask").stream()
        .filter(
            task -> {
              Table table = subject.tables().get(task.camunda("decisionRef"));
              return table != null && !table.complete();
            })
        .map(
            task ->
                Mark.at(
                    task,
                    "决策表 " + task.camunda("decisionRef") + " 没有兜底的一行，哪行都不符合的客户得不到答案，会走网关的默认去路。",
                    "请在最后加一行条件全为“-”的规则，命中策略用 First；或确认默认去路正是想要的。"));
  }
}
