package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** An audience nobody has defined: nobody is ever in it. */
final class AudienceUnknown implements Rule {

  @Override
  public String id() {
    return "compliance.audience_unknown";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Stream<Mark> settings =
        Stream.of("entryAudience", "entryFilter")
            .map(drawing::setting)
            .filter(audience -> unknown(subject, audience))
            .map(audience -> Mark.at(drawing, why(audience), MEND));
    Stream<Mark> steps =
        drawing.nodes().stream()
            .filter(node -> unknown(subject, node.setting("audience")))
            .map(node -> Mark.at(node, why(node.setting("audience")), MEND));
    return Stream.concat(settings, steps);
  }

  private static final String MEND = "请从列表里选择，或先在“人群”里建好它。";

  private static String why(String audience) {
    return "人群“" + audience + "”不存在。";
  }

  private static boolean unknown(Subject subject, String audience) {
    return !audience.isEmpty() && !subject.facts().audiences().containsKey(audience);
  }
}
