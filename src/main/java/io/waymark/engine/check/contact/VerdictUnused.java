package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.List;
import java.util.stream.Stream;

/** A question to the gate whose answer changes nothing. */
final class VerdictUnused implements Rule {

  @Override
  public String id() {
    return "contact.verdict_unused";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.steps("checkCompliance").stream()
        .filter(
            check ->
                drawing.reachable(List.of(check), any -> false).stream()
                    .flatMap(node -> drawing.from(node).stream())
                    .noneMatch(flow -> flow.condition().contains("verdict")))
        .map(
            check ->
                Mark.at(
                    check,
                    check.called() + "的结论没有被用到，能不能触达客户都走同一条路。",
                    "请在后面加一个网关，按 verdict 分路：可以触达的去发送，不可以的改发投教或离开。"));
  }
}
