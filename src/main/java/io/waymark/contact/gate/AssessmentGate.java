package io.waymark.contact.gate;

import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.RiskAssessment;
import io.waymark.platform.Purpose;
import io.waymark.suitability.Suitability;
import java.util.Map;

/**
 * Products are not promoted to somebody whose risk tolerance is not known, or not known any more,
 * even by a text that names no product (证券期货投资者适当性管理办法 22).
 */
final class AssessmentGate implements Gate {

  private final Suitability suitability;

  AssessmentGate(Suitability suitability) {
    this.suitability = suitability;
  }

  static boolean promotesProducts(GateQuestion question) {
    return question
        .purpose()
        .map(purpose -> purpose == Purpose.PRODUCT_MARKETING || purpose == Purpose.MARGIN_MARKETING)
        .orElse(true);
  }

  @Override
  public String code() {
    return "assessment";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    if (!promotesProducts(question)) {
      return GateAnswer.pass();
    }
    RiskAssessment assessment = question.customer().assessment();
    if (assessment == null) {
      return GateAnswer.withhold(
          WithheldReason.ASSESSMENT_MISSING, Map.of("assessment", "missing"));
    }
    Map<String, String> inputs =
        Map.of("level", assessment.level().name(), "expires", assessment.expiresAt().toString());
    return question.now().isAfter(suitability.lastMoment(assessment, question.now()))
        ? GateAnswer.withhold(WithheldReason.ASSESSMENT_EXPIRED, inputs)
        : GateAnswer.pass(inputs);
  }
}
