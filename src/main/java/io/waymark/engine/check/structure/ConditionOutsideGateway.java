package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Flow;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A condition on a line that leaves no choice: whom it does not fit is stuck. */
final class ConditionOutsideGateway implements Rule {

  @Override
  public String id() {
    return "structure.condition_outside_gateway";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.flows().stream()
        .filter(Flow::conditional)
        .filter(
            flow -> {
              Node source = drawing.node(flow.source());
              return source != null && !source.is("exclusiveGateway", "inclusiveGateway");
            })
        .map(
            flow ->
                Mark.at(
                    flow,
                    "条件写在了不是网关引出的线" + flow.called() + "上，不符合的客户会卡住。",
                    "请在前面加一个排他网关，把条件写在网关的线上，并设一条默认的去路。"));
  }
}
