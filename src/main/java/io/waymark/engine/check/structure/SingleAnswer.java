package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A choice with nothing to choose. */
final class SingleAnswer implements Rule {

  @Override
  public String id() {
    return "structure.single_answer";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    return drawing.nodes("exclusiveGateway").stream()
        .filter(gateway -> drawing.from(gateway).size() == 1 && drawing.to(gateway).size() < 2)
        .map(gateway -> Mark.at(gateway, gateway.called() + "只有一条去路，没有什么可选。", "请删掉这个网关，或补上其他答案。"));
  }
}
