package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A choice without a default: who fits no answer gets stuck. */
final class GatewayDefault implements Rule {

  @Override
  public String id() {
    return "structure.gateway_default";
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
        .filter(
            gateway ->
                drawing.from(gateway).stream()
                    .noneMatch(flow -> flow.id().equals(gateway.element().getAttribute("default"))))
        .map(
            gateway ->
                Mark.at(
                    gateway,
                    gateway.called() + "没有默认的去路，哪个条件都不符合的客户会卡在这里。",
                    "请选一条资料不全时也稳妥的线，点右键（扳手）设为 Default Flow。"));
  }
}
