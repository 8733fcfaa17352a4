package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.GateFacts;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.suitability.Suitability;
import io.waymark.suitability.SuitabilityQuestion;
import io.waymark.suitability.SuitabilityVerdict;
import io.waymark.suitability.Unsuitable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * C against R, term and objective, entry conditions, high-risk extras: a push is 主动推介, so a
 * mismatch is always a no (证券期货投资者适当性管理办法 22(3)(4)). Education is asked too, for the minimum class;
 * notices about what somebody holds are no promotion.
 */
final class SuitabilityGate implements Gate {

  private final Suitability suitability;

  SuitabilityGate(Suitability suitability) {
    this.suitability = suitability;
  }

  @Override
  public String code() {
    return "suitability";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    Product product = question.facts().product();
    Optional<Purpose> purpose = question.purpose();
    if (product == null || purpose.isEmpty() || purpose.get() == Purpose.SERVICE) {
      return GateAnswer.pass();
    }
    GateFacts customer = question.customer();
    SuitabilityVerdict verdict =
        suitability.assess(
            new SuitabilityQuestion(
                customer.customerClass(),
                customer.assessment(),
                customer.birthDate(),
                customer.tags(),
                product,
                purpose.get(),
                question.now()));
    if (verdict instanceof Unsuitable unsuitable) {
      Map<String, String> inputs = new LinkedHashMap<>(unsuitable.inputs());
      inputs.put("product", product.code());
      return GateAnswer.withhold(WithheldReason.of(unsuitable.reason().code()), inputs);
    }
    return GateAnswer.pass(Map.of("product", product.code(), "risk", product.risk().name()));
  }
}
