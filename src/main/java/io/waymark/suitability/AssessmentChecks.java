package io.waymark.suitability;

import io.waymark.customer.RiskAssessment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Is there an assessment that still counts, and does it allow any promotion? */
final class AssessmentChecks {

  private final SuitabilityPolicy policy;

  AssessmentChecks(SuitabilityPolicy policy) {
    this.policy = policy;
  }

  Optional<Objection> exists(SuitabilityQuestion question) {
    return question.assessment() == null
        ? Objection.because(SuitabilityReason.ASSESSMENT_MISSING, "assessment", null)
        : Optional.empty();
  }

  Optional<Objection> isValid(SuitabilityQuestion question) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null || !question.at().isAfter(lastMoment(assessment))) {
      return Optional.empty();
    }
    return Objection.because(
        SuitabilityReason.ASSESSMENT_EXPIRED,
        "assessed_at",
        assessment.assessedAt(),
        "expires_at",
        assessment.expiresAt(),
        "max_days",
        policy.assessmentMaxDays().value());
  }

  private Instant lastMoment(RiskAssessment assessment) {
    Instant longest =
        assessment.assessedAt().plus(Duration.ofDays(policy.assessmentMaxDays().value()));
    return assessment.expiresAt().isBefore(longest) ? assessment.expiresAt() : longest;
  }

  /**
   * The minimum class is promoted nothing at all and taught only of the lowest grade; a service
   * message about something already held is not a promotion (适当性管理办法 art. 22(5)).
   */
  Optional<Objection> isNotMinimumClass(SuitabilityQuestion question) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null || !assessment.minimumClass()) {
      return Optional.empty();
    }
    boolean harmless =
        switch (question.purpose()) {
          case SERVICE -> true;
          case EDUCATION ->
              question.product().risk().compareTo(policy.minimumClassHighestRisk().value()) <= 0;
          default -> false;
        };
    return harmless
        ? Optional.empty()
        : Objection.because(
            SuitabilityReason.MINIMUM_CLASS,
            "minimum_class",
            true,
            "purpose",
            question.purpose().code(),
            "product_risk",
            question.product().risk());
  }
}
