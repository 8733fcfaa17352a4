package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Variables;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A product put before somebody of whom nobody knows whether it suits him (适当性管理办法 art. 22). */
final class ProductUnchecked implements Rule {

  @Override
  public String id() {
    return "compliance.product_unchecked";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Variables variables = new Variables(drawing);
    return drawing.steps("sendMessage").stream()
        .filter(send -> subject.facts().needsProduct(send) || !send.setting("product").isEmpty())
        .filter(
            send ->
                send.setting("product").isEmpty()
                    ? !variables.before(send).contains("product")
                    : unasked(drawing, send))
        .map(
            send ->
                send.setting("product").isEmpty()
                    ? Mark.at(
                        send,
                        send.called() + "介绍产品，可是有的路走到这里时没有挑过合适的产品。",
                        "请在前面每一条路上放“推荐产品”（只推荐适合这位客户的），或写明产品并先做合规检查。")
                    : Mark.at(
                        send,
                        send.called() + "介绍产品 " + send.setting("product") + "，之前没有检查它适不适合这位客户。",
                        "请在前面每一条路上加“合规检查（指定产品）”，选同一个产品，不适合的客户改走投教。"));
  }

  private static boolean unasked(Drawing drawing, Node send) {
    return drawing
        .reachable(
            drawing.nodes().stream().filter(drawing::begins).toList(),
            node ->
                node.step("checkCompliance")
                    && node.setting("product").equals(send.setting("product")))
        .contains(send);
  }
}
