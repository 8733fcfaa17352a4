package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** An event nobody has declared: one letter wrong, and it never comes. */
final class EventUndeclared implements Rule {

  @Override
  public String id() {
    return "compliance.event_undeclared";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Stream<Mark> entry =
        Stream.of(drawing.setting("entryEvent"))
            .filter(event -> undeclared(subject, event))
            .map(event -> Mark.at(drawing, why(event), MEND));
    Stream<Mark> waits =
        drawing.nodes().stream()
            .filter(node -> undeclared(subject, drawing.awaits(node)))
            .map(node -> Mark.at(node, why(drawing.awaits(node)), MEND));
    return Stream.concat(entry, waits);
  }

  private static final String MEND = "请从列表里选择；确实是新的事件，先在“事件类型”里声明。";

  private static String why(String event) {
    return "事件类型 " + event + " 没有声明过；写错一个字母，客户就永远等不到它。";
  }

  private static boolean undeclared(Subject subject, String event) {
    return !event.isEmpty() && !subject.facts().events().contains(event);
  }
}
