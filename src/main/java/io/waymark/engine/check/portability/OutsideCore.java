package io.waymark.engine.check.portability;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** An element that other engines run differently or not at all. */
final class OutsideCore implements Rule {

  @Override
  public String id() {
    return "portability.outside_core";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes().stream()
        .filter(
            node ->
                node.has("terminateEventDefinition")
                    || node.is("intermediateThrowEvent")
                    || (!node.is("userTask") && node.camunda("asyncAfter").equals("true")))
        .map(
            node ->
                Mark.at(
                    node,
                    node.called() + "用到了别的流程引擎不一样对待的东西（终止结束、里程碑事件或 asyncAfter）。",
                    "不打算更换引擎就不必理会；要通用，请改用普通结束事件，去掉里程碑和 asyncAfter。"));
  }
}
