package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Form;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.Set;
import java.util.stream.Stream;

/** A form that offers other outcomes than its task. */
final class FormOutcomes implements Rule {

  @Override
  public String id() {
    return "structure.form_outcomes";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes("userTask").stream()
        .filter(task -> !task.settings("outcomes").isEmpty())
        .filter(
            task -> {
              Form form = subject.forms().get(task.camunda("formRef"));
              return form != null
                  && !Set.copyOf(form.outcomes()).equals(Set.copyOf(task.settings("outcomes")));
            })
        .map(
            task ->
                Mark.at(
                    task,
                    "表单 " + task.camunda("formRef") + " 里的选项与任务的“可选结果”不一样，投顾会选到不算数的答案。",
                    "请让表单字段 outcome 的值恰好是：" + String.join("、", task.settings("outcomes")) + "。"));
  }
}
