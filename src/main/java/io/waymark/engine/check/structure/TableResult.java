package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Table;
import io.waymark.journey.check.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A decision whose answer is no single word. */
final class TableResult implements Rule {

  @Override
  public String id() {
    return "structure.table_result";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  private static final Set<String> MANY_ROWS = Set.of("COLLECT", "RULE ORDER", "OUTPUT ORDER");

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes("businessRuleTask").stream()
        .flatMap(task -> mark(subject, task).stream());
  }

  private static Optional<Mark> mark(Subject subject, Node task) {
    if (!task.camunda("mapDecisionResult").equals("singleEntry")
        || task.camunda("resultVariable").isEmpty()) {
      return Optional.of(
          Mark.at(
              task,
              "决策表" + task.called() + "的结果没有写成一个变量，后面无从判断。",
              "请套用“决策表”模板（结果类型 singleEntry），并填写结果变量。"));
    }
    Table table = subject.tables().get(task.camunda("decisionRef"));
    boolean one =
        table == null
            || (table.outputs() == 1
                && !MANY_ROWS.contains(table.hitPolicy().toUpperCase(Locale.ROOT)));
    return one
        ? Optional.empty()
        : Optional.of(
            Mark.at(
                task,
                "决策表 " + task.camunda("decisionRef") + " 一次会给出几个答案，客户会停在这里出错。",
                "请只留一个输出列，命中策略用 Unique 或 First。"));
  }
}
