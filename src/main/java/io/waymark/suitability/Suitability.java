package io.waymark.suitability;

import io.waymark.customer.CustomerClass;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Decides whether a product may be promoted to a customer: a pure function of question and policy.
 * The first failing check wins; what is unknown counts against promotion. A message is active
 * promotion, so the "insist after warning" way of art. 19 never applies here.
 */
@Component
public class Suitability {

  private final SuitabilityPolicy policy;
  private final List<SuitabilityCheck> checks;

  public Suitability(SuitabilityPolicy policy) {
    this.policy = policy;
    AssessmentChecks assessment = new AssessmentChecks(policy);
    FitChecks fit = new FitChecks(policy);
    this.checks =
        List.of(
            assessment::exists,
            assessment::isValid,
            assessment::isNotMinimumClass,
            fit::risk,
            fit::term,
            fit::type,
            fit::objective,
            new EntryCheck(policy),
            new HighRiskCheck(policy));
  }

  /** The policy in force. */
  public SuitabilityPolicy policy() {
    return policy;
  }

  /** Suitable, or the first reason why not, with what was looked at. */
  public SuitabilityVerdict assess(SuitabilityQuestion question) {
    return checks.stream()
        .flatMap(check -> check.objection(question).stream())
        .filter(objection -> applies(objection.reason(), question))
        .findFirst()
        .<SuitabilityVerdict>map(objection -> objection.toVerdict(policy.version()))
        .orElseGet(Suitable::new);
  }

  private boolean applies(SuitabilityReason reason, SuitabilityQuestion question) {
    if (policy.exemptPurposes().value().contains(question.purpose())) {
      return reason == SuitabilityReason.MINIMUM_CLASS;
    }
    return question.customerClass() != CustomerClass.PROFESSIONAL
        || !policy.professionalSkips().value().contains(reason);
  }
}
