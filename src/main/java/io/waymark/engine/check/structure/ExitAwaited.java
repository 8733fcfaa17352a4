package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An event that takes customers out and is waited for as well: nobody knows which of the two gets
 * it.
 */
final class ExitAwaited implements Rule {

  @Override
  public String id() {
    return "structure.exit_awaited";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Set<String> taking = new HashSet<>();
    List<Mark> marks = new ArrayList<>();
    for (Node start : drawing.nodes("startEvent")) {
      String event = drawing.awaits(start);
      if (!event.isEmpty() && !taking.add(event)) {
        marks.add(mark(start, event));
      }
    }
    drawing.nodes("intermediateCatchEvent", "receiveTask", "boundaryEvent").stream()
        .filter(node -> taking.contains(drawing.awaits(node)))
        .map(node -> mark(node, drawing.awaits(node)))
        .forEach(marks::add);
    return marks.stream();
  }

  private static Mark mark(Node node, String event) {
    return Mark.at(
        node,
        "事件 " + event + " 已由一个事件子流程监听，它一来客户就离开这里，" + node.called() + "等不到它。",
        "请只在一处使用这个事件：目标和退出留给事件子流程，主路上等别的事件或定时。");
  }
}
