package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** Marketing in a journey for something else, to whom nobody asked whether he agrees to it. */
final class PurposeDiffers implements Rule {

  @Override
  public String id() {
    return "compliance.purpose_differs";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    String declared = drawing.setting("purpose");
    return drawing.steps("sendMessage").stream()
        .filter(subject.facts()::marketing)
        .filter(send -> !purpose(subject, send).equals(declared))
        .filter(send -> unasked(subject, send))
        .map(
            send ->
                Mark.at(
                    send,
                    "%s是营销内容（%s），与旅程的用途（%s）不同，走到这里也没有先问过能不能向这位客户营销。"
                        .formatted(send.called(), purpose(subject, send), declared),
                    "请在前面每一条路上加“合规检查”（选同一用途的模板），不可触达的改走投教或离开；或把旅程的用途改为它。"));
  }

  private static String purpose(Subject subject, Node step) {
    return subject.facts().content(step).map(one -> one.metadata().purpose().code()).orElse("");
  }

  private static boolean unasked(Subject subject, Node send) {
    Drawing drawing = subject.drawing();
    String purpose = purpose(subject, send);
    return drawing
        .reachable(
            drawing.nodes().stream().filter(drawing::begins).toList(),
            node -> node.step("checkCompliance") && purpose(subject, node).equals(purpose))
        .contains(send);
  }
}
