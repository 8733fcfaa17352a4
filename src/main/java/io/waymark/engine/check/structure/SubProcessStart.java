package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A sub-process that does not begin at exactly one place. */
final class SubProcessStart implements Rule {

  @Override
  public String id() {
    return "structure.sub_process_start";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes("subProcess").stream()
        .filter(
            sub -> drawing.inside(sub).stream().filter(node -> node.is("startEvent")).count() != 1)
        .map(
            sub ->
                Mark.at(
                    sub, "子流程" + sub.called() + "里面必须恰好有一个开始事件，否则不知道从哪里走起。", "请在子流程里留下一个开始事件。"));
  }
}
