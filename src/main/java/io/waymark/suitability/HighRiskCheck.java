package io.waymark.suitability;

import java.util.Optional;

/** High-risk products: education first, and a person instead of a message for the elderly. */
final class HighRiskCheck implements SuitabilityCheck {

  private final SuitabilityPolicy policy;

  HighRiskCheck(SuitabilityPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Optional<Objection> objection(SuitabilityQuestion question) {
    SuitabilityPolicy.HighRisk extras = policy.highRisk();
    if (question.product().risk().compareTo(extras.from().value()) < 0) {
      return Optional.empty();
    }
    Integer age = Age.of(question);
    String tag = extras.educationTag().value();
    String education = question.tags().get(tag);
    boolean young = age != null && age < extras.elderlyAge().value();
    return young && "true".equals(education)
        ? Optional.empty()
        : Objection.because(
            SuitabilityReason.HIGH_RISK_EXTRA,
            "product_risk",
            question.product().risk(),
            "age",
            age,
            "age_limit",
            extras.elderlyAge().value(),
            tag,
            education);
  }
}
