package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Marketing;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** Marketing that goes on after a complaint. */
final class NoComplaintExit implements Rule {

  @Override
  public String id() {
    return "contact.no_complaint_exit";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    boolean stops =
        drawing.nodes("startEvent").stream()
            .anyMatch(start -> drawing.awaits(start).startsWith("complaint."));
    return stops || !Marketing.of(subject)
        ? Stream.empty()
        : Stream.of(
            Mark.at(
                drawing,
                "客户投诉之后，这条营销旅程还会继续触达他。",
                "请画一个事件子流程，监听 complaint.filed，里面是“暂停营销”→“离开旅程”→结束。"));
  }
}
