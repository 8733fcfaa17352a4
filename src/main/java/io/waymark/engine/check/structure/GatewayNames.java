package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** An answer that does not say what it is. */
final class GatewayNames implements Rule {

  @Override
  public String id() {
    return "structure.gateway_names";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes("exclusiveGateway").stream()
        .filter(gateway -> drawing.from(gateway).size() > 1)
        .flatMap(gateway -> drawing.from(gateway).stream())
        .filter(flow -> flow.name().isEmpty())
        .map(flow -> Mark.at(flow, "网关的这条线没有名称，审核的人看不出什么样的客户走这里。", "请双击这条线，写上答案，例如“可以触达”。"));
  }
}
