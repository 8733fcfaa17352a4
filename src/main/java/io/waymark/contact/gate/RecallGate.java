package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.content.TemplateVersion;
import io.waymark.product.Product;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was recalled does not leave, whoever it is for. A recalled phrase is looked for later, when
 * there is a text.
 */
final class RecallGate implements Gate {

  @Override
  public String code() {
    return "recall";
  }

  /** A margin text names no product; the service it is about is found with the facts. */
  private static @Nullable String product(GateQuestion question) {
    Product found = question.facts().product();
    return found == null ? question.request().product() : found.code();
  }

  /** The plain text that stands in for a personalised one is what would leave. */
  private static String template(GateQuestion question) {
    TemplateVersion text = question.facts().template();
    return text == null ? question.request().template() : text.code();
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    return question
        .facts()
        .recalls()
        .stops(
            template(question),
            product(question),
            question.request().journeyKey(),
            question.channel().orElse(null))
        .map(
            target ->
                GateAnswer.withhold(WithheldReason.RECALLED, Map.of("recalled", target.subject())))
        .orElseGet(GateAnswer::pass);
  }
}
