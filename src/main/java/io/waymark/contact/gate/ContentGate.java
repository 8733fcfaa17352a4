package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.content.TemplateVersion;
import io.waymark.product.Product;
import java.util.Map;

/**
 * Only content approved by a second person, for this kind of product, until its approval ends or a
 * later rule hits it.
 */
final class ContentGate implements Gate {

  @Override
  public String code() {
    return "content";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    TemplateVersion template = question.facts().template();
    if (template == null) {
      return GateAnswer.withhold(
          WithheldReason.CONTENT_NOT_APPROVED,
          Map.of("template", question.request().template(), "approved", "no"));
    }
    if (!question.facts().pausedBy().isEmpty()) {
      return GateAnswer.withhold(
          WithheldReason.CONTENT_PAUSED,
          Map.of(
              "template",
              template.code(),
              "version",
              String.valueOf(template.version()),
              "rules",
              String.join(",", question.facts().pausedBy())));
    }
    String productClass = template.metadata().productClass();
    Product product = question.facts().product();
    Map<String, String> inputs =
        Map.of(
            "template",
            template.code(),
            "version",
            String.valueOf(template.version()),
            "class",
            productClass,
            "product_type",
            product == null ? "none" : product.type());
    boolean fits =
        product == null
            || question
                .policy()
                .typesFor(productClass)
                .map(types -> types.contains(product.type()))
                .orElse(true);
    return fits
        ? GateAnswer.pass(inputs)
        : GateAnswer.withhold(WithheldReason.CONTENT_NOT_APPROVED, inputs);
  }
}
