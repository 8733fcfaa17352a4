package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A wait for an event that may never come. */
final class WaitWithoutLimit implements Rule {

  @Override
  public String id() {
    return "structure.wait_without_limit";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Stream<Node> alone =
        drawing.nodes("intermediateCatchEvent", "receiveTask").stream()
            .filter(node -> !drawing.awaits(node).isEmpty())
            .filter(node -> !chosen(drawing, node) && !limited(drawing, node));
    Stream<Node> together =
        drawing.nodes("eventBasedGateway").stream()
            .filter(
                gateway ->
                    drawing.next(gateway).noneMatch(event -> event.has("timerEventDefinition")));
    return Stream.concat(alone, together)
        .map(
            node ->
                Mark.at(
                    node,
                    node.called() + "没有期限，客户不做这件事就会一直停在这里。",
                    "请用事件网关，后面接这个事件和一个定时（例如 7 天），写明等不到时怎么办。"));
  }

  private static boolean chosen(Drawing drawing, Node event) {
    return drawing.to(event).stream()
        .anyMatch(
            flow -> {
              Node source = drawing.node(flow.source());
              return source != null && source.is("eventBasedGateway");
            });
  }

  private static boolean limited(Drawing drawing, Node task) {
    return drawing.boundaries(task).stream()
        .anyMatch(event -> event.has("timerEventDefinition") && !event.besides());
  }
}
