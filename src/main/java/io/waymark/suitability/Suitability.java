package io.waymark.suitability;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskAssessment;
import io.waymark.platform.policy.PolicyInForce;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides whether a product may be promoted to a customer: a pure function of question and policy.
 * The first failing check wins; what is unknown counts against promotion. A message is active
 * promotion, so the "insist after warning" way of art. 19 never applies here.
 */
@Component
public class Suitability {

  private static final Set<SuitabilityReason> NEEDS_ASSESSMENT =
      EnumSet.range(SuitabilityReason.ASSESSMENT_EXPIRED, SuitabilityReason.OBJECTIVE_MISMATCH);

  private final SuitabilityPolicies policies;
  private final Map<SuitabilityReason, SuitabilityCheck> checks =
      new EnumMap<>(SuitabilityReason.class);

  public Suitability(SuitabilityPolicies policies) {
    this.policies = policies;
    checks.put(SuitabilityReason.ASSESSMENT_MISSING, AssessmentChecks::exists);
    checks.put(SuitabilityReason.ASSESSMENT_EXPIRED, AssessmentChecks::isValid);
    checks.put(SuitabilityReason.MINIMUM_CLASS, AssessmentChecks::isNotMinimumClass);
    checks.put(SuitabilityReason.RISK_ABOVE_LEVEL, FitChecks::risk);
    checks.put(SuitabilityReason.TERM_MISMATCH, FitChecks::term);
    checks.put(SuitabilityReason.TYPE_MISMATCH, FitChecks::type);
    checks.put(SuitabilityReason.OBJECTIVE_MISMATCH, FitChecks::objective);
    checks.put(SuitabilityReason.ENTRY_CONDITION, EntryCheck::look);
    checks.put(SuitabilityReason.HIGH_RISK_EXTRA, HighRiskCheck::look);
  }

  /** Suitable, or the first reason why not, with what was looked at. */
  public SuitabilityVerdict assess(SuitabilityQuestion question) {
    PolicyInForce<SuitabilityPolicy> inForce = policies.at(question.at());
    SuitabilityPolicy policy = inForce.value();
    for (Map.Entry<SuitabilityReason, SuitabilityCheck> check : checks.entrySet()) {
      if (withoutLooking(check.getKey(), question, policy) == null) {
        Look look = check.getValue().look(question, policy);
        if (!look.met()) {
          Map<String, String> inputs = new LinkedHashMap<>(look.inputs());
          inputs.put("policy", inForce.version());
          return new Unsuitable(check.getKey(), inputs);
        }
      }
    }
    return new Suitable();
  }

  /** Every check with what it saw, in order, not ending at the first that fails. */
  public List<Checked> explain(SuitabilityQuestion question) {
    SuitabilityPolicy policy = policies.at(question.at()).value();
    return checks.entrySet().stream()
        .map(
            check -> {
              Look look = check.getValue().look(question, policy);
              Checked.Outcome without = withoutLooking(check.getKey(), question, policy);
              Checked.Outcome outcome =
                  without != null ? without : looked(check.getKey(), look, question);
              return new Checked(check.getKey(), outcome, look.inputs(), look.basis());
            })
        .toList();
  }

  private static Checked.Outcome looked(
      SuitabilityReason check, Look look, SuitabilityQuestion question) {
    if (question.assessment() == null && NEEDS_ASSESSMENT.contains(check)) {
      return Checked.Outcome.NOTHING_KNOWN;
    }
    return look.met() ? Checked.Outcome.PASSED : Checked.Outcome.FAILED;
  }

  /** The last moment at which an assessment counts, by its own date and by the policy. */
  public Instant lastMoment(RiskAssessment assessment, Instant at) {
    return AssessmentChecks.lastMoment(assessment, policies.at(at).value());
  }

  /** Why a check is not to be made; null when it is. */
  private static Checked.@Nullable Outcome withoutLooking(
      SuitabilityReason check, SuitabilityQuestion question, SuitabilityPolicy policy) {
    if (policy.scope(question.purpose(), false, question.product().risk()).is("allow")) {
      return check == SuitabilityReason.MINIMUM_CLASS ? null : Checked.Outcome.NOT_ASKED;
    }
    return question.customerClass() == CustomerClass.PROFESSIONAL
            && policy.skippedByProfessional(check).is("yes")
        ? Checked.Outcome.SPARED
        : null;
  }
}
