package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Marketing;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/**
 * Marketing by an audience that profiles people, without an impact assessment (个人信息保护法 art. 55).
 */
final class Profiling implements Rule {

  @Override
  public String id() {
    return "compliance.profiling_unassessed";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return Stream.of("entryAudience", "entryFilter")
        .map(drawing::setting)
        .filter(audience -> Marketing.of(subject))
        .flatMap(audience -> Stream.ofNullable(subject.facts().profiling().get(audience)))
        .distinct()
        .map(refusal -> Mark.at(drawing, refusal, "请在“影响评估”里提交并由合规批准，或换一个不用评分与敏感标签的人群。"));
  }
}
