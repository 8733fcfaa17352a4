package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/**
 * An answer without a condition beside the default: the engine takes the first such line for
 * everybody.
 */
final class GatewayCondition implements Rule {

  @Override
  public String id() {
    return "structure.gateway_condition";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes("exclusiveGateway").stream()
        .filter(gateway -> drawing.from(gateway).size() > 1)
        .flatMap(
            gateway ->
                drawing.from(gateway).stream()
                    .filter(flow -> !flow.conditional())
                    .filter(flow -> !flow.id().equals(gateway.element().getAttribute("default"))))
        .map(
            flow ->
                Mark.at(
                    flow,
                    "线" + flow.called() + "没有条件，走到这里的客户会全部走这条线。",
                    "请给它填条件，例如 ${verdict == 'allowed'}；或把它设为默认的去路。"));
  }
}
