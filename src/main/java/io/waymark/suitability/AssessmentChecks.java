package io.waymark.suitability;

import io.waymark.customer.RiskAssessment;
import java.time.Duration;
import java.time.Instant;

/** Is there an assessment that still counts, and does it allow any promotion? */
final class AssessmentChecks {

  private static final String KNOW = "须了解客户；客户不提供信息的不得销售或服务（适当性管理办法 3、33）";

  private AssessmentChecks() {}

  static Look exists(SuitabilityQuestion question, SuitabilityPolicy policy) {
    return Look.of(
        question.assessment() != null,
        KNOW,
        "assessment",
        question.assessment() == null ? null : "present");
  }

  static Look isValid(SuitabilityQuestion question, SuitabilityPolicy policy) {
    RiskAssessment assessment = question.assessment();
    String basis = policy.assessmentMaxDays().basis();
    if (assessment == null) {
      return Look.of(true, basis);
    }
    return Look.of(
        !question.at().isAfter(lastMoment(assessment, policy)),
        basis,
        "assessed_at",
        assessment.assessedAt(),
        "expires_at",
        assessment.expiresAt(),
        "max_days",
        policy.assessmentMaxDays().value());
  }

  static Instant lastMoment(RiskAssessment assessment, SuitabilityPolicy policy) {
    Instant longest =
        assessment.assessedAt().plus(Duration.ofDays(policy.assessmentMaxDays().value()));
    return assessment.expiresAt().isBefore(longest) ? assessment.expiresAt() : longest;
  }

  /**
   * The minimum class is promoted nothing at all and taught only of the lowest grade; a service
   * message about something already held is not a promotion (适当性管理办法 art. 22(5)).
   */
  static Look isNotMinimumClass(SuitabilityQuestion question, SuitabilityPolicy policy) {
    RiskAssessment assessment = question.assessment();
    boolean minimum = assessment != null && assessment.minimumClass();
    Cell scope = policy.scope(question.purpose(), minimum, question.product().risk());
    return Look.of(
        !minimum || !scope.is("refuse"),
        scope.basis(),
        "minimum_class",
        minimum,
        "purpose",
        question.purpose().code(),
        "product_risk",
        question.product().risk());
  }
}
