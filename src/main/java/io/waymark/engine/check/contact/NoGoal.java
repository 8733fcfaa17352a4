package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Marketing;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A journey that cannot tell whether it worked. */
final class NoGoal implements Rule {

  @Override
  public String id() {
    return "contact.no_goal";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.steps("reachGoal").isEmpty()
        ? Stream.of(
            Mark.at(
                    drawing,
                    "旅程没有“达成目标”，客户办成了事也不会离开，效果也无从统计。",
                    "请画一个事件子流程，监听客户办成的那件事（例如 account.funded），里面是“达成目标”→结束。")
                .as(Marketing.of(subject) ? Severity.WARNING : Severity.HINT))
        : Stream.empty();
  }
}
