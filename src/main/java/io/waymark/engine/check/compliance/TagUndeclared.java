package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A tag nobody has declared: no purpose, no owner, no class of privacy. */
final class TagUndeclared implements Rule {

  @Override
  public String id() {
    return "compliance.tag_undeclared";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().steps("tagCustomer").stream()
        .filter(step -> !step.setting("tag").isEmpty())
        .filter(step -> !subject.facts().tags().contains(step.setting("tag")))
        .map(
            step ->
                Mark.at(
                    step,
                    "标签 " + step.setting("tag") + " 没有声明过，不知道它的用途和敏感程度。",
                    "请从列表里选择，或先在“标签”里声明。"));
  }
}
