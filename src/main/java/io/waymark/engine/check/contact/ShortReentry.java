package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Marketing;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** Marketing that lets the same customer in again within a week. */
final class ShortReentry implements Rule {

  @Override
  public String id() {
    return "contact.short_reentry";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  private static final int WEEK = 7;

  @Override
  public Stream<Mark> marks(Subject subject) {
    String days = subject.drawing().setting("reentryDays");
    return days.matches("\\d{1,4}") && Integer.parseInt(days) < WEEK && Marketing.of(subject)
        ? Stream.of(
            Mark.at(
                subject.drawing(),
                "同一位客户离开 " + days + " 天后就能再次进入这条营销旅程，容易反复打扰。",
                "请把“多久可以再进”改为 30 天以上，或 never。"))
        : Stream.empty();
  }
}
