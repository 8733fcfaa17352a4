package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.Map;
import java.util.stream.Stream;

/**
 * People chosen by a tag that was not collected for what the journey is for (个人信息保护法 art. 6: no use
 * beyond the purpose).
 */
final class TagPurpose implements Rule {

  @Override
  public String id() {
    return "compliance.tag_purpose";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Map<String, String> barred = subject.facts().barredTags();
    Stream<Mark> entry =
        Stream.of("entryAudience", "entryFilter")
            .map(drawing::setting)
            .filter(barred::containsKey)
            .distinct()
            .map(code -> Mark.at(drawing, told(code), barred.getOrDefault(code, "")));
    Stream<Mark> steps =
        drawing.steps("checkAudience").stream()
            .filter(step -> barred.containsKey(step.setting("audience")))
            .map(
                step ->
                    Mark.at(
                        step,
                        told(step.setting("audience")),
                        barred.getOrDefault(step.setting("audience"), "")));
    return Stream.concat(entry, steps);
  }

  private static String told(String code) {
    return "人群 %s 用到的标签不能用于这条旅程的用途。".formatted(code);
  }
}
