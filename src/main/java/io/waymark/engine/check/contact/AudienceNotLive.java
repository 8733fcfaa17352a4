package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import io.waymark.segment.Audience;
import java.util.stream.Stream;

/** An audience nobody is taken from. */
final class AudienceNotLive implements Rule {

  @Override
  public String id() {
    return "contact.audience_not_live";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Audience audience = subject.facts().audiences().get(drawing.setting("entryAudience"));
    return audience == null || audience.live() || !drawing.setting("entrySchedule").isEmpty()
        ? Stream.empty()
        : Stream.of(
            Mark.at(
                drawing,
                "人群“" + audience.name() + "”不是实时人群，旅程又没有填运行时间，不会有人进入。",
                "请填写运行时间，例如“每个交易日 15:30”；或把人群改为实时。"));
  }
}
