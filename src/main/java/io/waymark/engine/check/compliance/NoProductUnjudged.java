package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Variables;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A recommendation that may come back empty, and nobody looks. */
final class NoProductUnjudged implements Rule {

  @Override
  public String id() {
    return "compliance.no_product_unjudged";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.steps("recommendProduct").stream()
        .filter(
            step ->
                drawing
                    .reachable(drawing.next(step).toList(), node -> judges(drawing, node))
                    .stream()
                    .anyMatch(
                        node -> node.step("sendMessage") && subject.facts().needsProduct(node)))
        .map(
            step ->
                Mark.at(
                    step,
                    step.called() + "可能没有合适的产品（none），后面没有判断就去发送，会被拦下。",
                    "请在它后面加网关：${product == 'none'} 的客户改发投教或离开。"));
  }

  /** The gate says of no product that it withholds it, so its verdict is as good. */
  private static boolean judges(Drawing drawing, Node node) {
    return node.is("exclusiveGateway")
        && drawing.from(node).stream()
            .map(flow -> Variables.read(flow.condition()))
            .anyMatch(names -> names.contains("product") || names.contains("verdict"));
  }
}
