package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Messages again and again to somebody who does nothing. */
final class EndlessSends implements Rule {

  @Override
  public String id() {
    return "contact.endless_sends";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.steps("sendMessage").stream()
        .filter(send -> endless(drawing, send))
        .map(
            send ->
                Mark.at(
                    send,
                    "客户什么也不做，就会一遍又一遍收到" + send.called() + "，没有尽头。",
                    "请限定次数：把几次提醒依次画出来，最后一次之后接“离开旅程”；或在循环里加一个能走出去的判断。"));
  }

  private static boolean endless(Drawing drawing, Node send) {
    Set<Node> loop = new HashSet<>();
    for (Node node : after(drawing, silent(drawing, send).toList())) {
      if (after(drawing, silent(drawing, node).toList()).contains(send)) {
        loop.add(node);
      }
    }
    return loop.contains(send)
        && loop.stream().flatMap(node -> silent(drawing, node)).allMatch(loop::contains);
  }

  private static Set<Node> after(Drawing drawing, List<Node> start) {
    Set<Node> seen = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (seen.add(node)) {
        silent(drawing, node).forEach(open::add);
      }
    }
    return seen;
  }

  /** Where somebody goes who can be reached and does nothing. */
  private static Stream<Node> silent(Drawing drawing, Node node) {
    return drawing
        .next(node)
        .filter(next -> drawing.awaits(next).isEmpty() && !next.has("errorEventDefinition"));
  }
}
