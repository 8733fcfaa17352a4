package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import io.waymark.product.Product;
import java.util.stream.Stream;

/** A product that is no longer offered. */
final class ProductClosed implements Rule {

  @Override
  public String id() {
    return "compliance.product_closed";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes().stream()
        .filter(
            node -> {
              Product product = subject.facts().products().get(node.setting("product"));
              return product != null && !product.onSale();
            })
        .map(
            node ->
                Mark.at(node, "产品 " + node.setting("product") + " 已停止销售，发送会被拦下。", "请换一个在售的产品。"));
  }
}
