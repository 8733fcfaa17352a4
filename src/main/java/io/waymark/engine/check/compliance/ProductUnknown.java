package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.stream.Stream;

/** A product that is not in the catalogue. */
final class ProductUnknown implements Rule {

  @Override
  public String id() {
    return "compliance.product_unknown";
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes().stream()
        .filter(node -> !node.setting("product").isEmpty())
        .filter(node -> !subject.facts().products().containsKey(node.setting("product")))
        .map(
            node ->
                Mark.at(
                    node, "产品 " + node.setting("product") + " 不在产品目录里。", "请从列表里选择，或先把它导入产品目录。"));
  }
}
