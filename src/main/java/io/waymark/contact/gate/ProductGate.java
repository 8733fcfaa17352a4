package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import java.util.Map;

/**
 * A message that is about a product must have one, and one that is still sold. Margin marketing is
 * always about the margin service, or its entry conditions could not be asked (融资融券业务管理办法 4).
 */
final class ProductGate implements Gate {

  @Override
  public String code() {
    return "product";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    String code = question.request().product();
    Product product = question.facts().product();
    TemplateVersion template = question.facts().template();
    boolean needed =
        template != null
            && (template.metadata().requiresProduct()
                || template.metadata().purpose() == Purpose.MARGIN_MARKETING);
    if (product == null) {
      return code != null || needed
          ? GateAnswer.withhold(
              WithheldReason.PRODUCT_UNKNOWN, Map.of("product", code == null ? "none" : code))
          : GateAnswer.pass(Map.of("product", "none"));
    }
    Map<String, String> inputs =
        Map.of("product", product.code(), "status", product.status(), "type", product.type());
    return question.strict() && !product.onSale()
        ? GateAnswer.withhold(WithheldReason.PRODUCT_CLOSED, inputs)
        : GateAnswer.pass(inputs);
  }
}
