package io.waymark.engine.check.structure;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Table;
import io.waymark.engine.check.rule.Variables;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A condition, a table or a wait that reads what some way there has not written. */
final class VariableUnset implements Rule {

  @Override
  public String id() {
    return "structure.variable_unset";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Variables variables = new Variables(drawing);
    return drawing.nodes().stream()
        .flatMap(
            node ->
                reads(subject, node)
                    .sorted()
                    .distinct()
                    .filter(name -> !variables.before(node).contains(name))
                    .map(name -> mark(node, name)));
  }

  private static Stream<String> reads(Subject subject, Node node) {
    Drawing drawing = subject.drawing();
    Stream<String> conditions =
        drawing.from(node).stream().flatMap(flow -> Variables.read(flow.condition()).stream());
    Table table = subject.tables().get(node.camunda("decisionRef"));
    Stream<String> inputs =
        node.is("businessRuleTask") && table != null ? table.inputs().stream() : Stream.empty();
    Stream<String> own =
        drawing.awaits(node).equals("message.settled") && !node.is("startEvent")
            ? Stream.of("lastMessage")
            : Stream.empty();
    return Stream.of(conditions, inputs, own).flatMap(names -> names);
  }

  private static Mark mark(Node node, String name) {
    String mend =
        switch (name) {
          case "lastMessage" -> "请保证走到这里的每一条路都先经过“发送”，被拦截的那条路不要等回执。";
          case "verdict" -> "请在走到这里的每一条路上先放“合规检查”。";
          case "inAudience" -> "请在走到这里的每一条路上先放“人群判断”。";
          case "outcome" -> "请只在投顾任务之后判断它的结果。";
          case "messageOutcome" -> "请只在等到 message.settled 之后判断送达结果。";
          case "variant" -> "请在走到这里的每一条路上先放“A/B 分流”。";
          case "product" -> "请在走到这里的每一条路上先放“推荐产品”。";
          default -> "请在走到这里的每一条路上先有一步写出它（“读取客户要素”或“决策表”），或检查有没有写错字。";
        };
    return Mark.at(
        node,
        "%s要看“%s”，可是有的路走到这里时它还没有值，客户会停在这里出错。"
            .formatted(node.called(), name.equals("lastMessage") ? "上一条消息" : name),
        mend);
  }
}
