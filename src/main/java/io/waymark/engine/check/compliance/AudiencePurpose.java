package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Marketing;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** People selected for one purpose and contacted for another (个人信息保护法 art. 6). */
final class AudiencePurpose implements Rule {

  @Override
  public String id() {
    return "compliance.audience_purpose";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    String purpose = drawing.setting("purpose");
    return Stream.of("entryAudience", "entryFilter")
        .map(drawing::setting)
        .flatMap(code -> Stream.ofNullable(subject.facts().audiences().get(code)))
        .filter(
            audience -> Marketing.declared(subject) && !audience.purpose().code().equals(purpose))
        .map(
            audience ->
                Mark.at(
                    drawing,
                    "人群“%s”是为“%s”挑选的，这条旅程却用于“%s”。"
                        .formatted(audience.name(), audience.purpose().code(), purpose),
                    "请换一个为这个用途建的人群，或在“人群”里改它的用途。"));
  }
}
