package io.waymark.suitability;

import io.waymark.customer.RiskAssessment;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does the product fit level, term, type and objective (适当性管理办法 art. 22(3)(4))? */
final class FitChecks {

  private static final List<String> TERMS = List.of("short", "medium", "long");

  private final SuitabilityPolicy policy;

  FitChecks(SuitabilityPolicy policy) {
    this.policy = policy;
  }

  Optional<Objection> risk(SuitabilityQuestion question) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null) {
      return Optional.empty();
    }
    Product product = question.product();
    ProductRisk highest = policy.highestRisk().value().get(assessment.level());
    return highest != null && product.risk().compareTo(highest) <= 0
        ? Optional.empty()
        : Objection.because(
            SuitabilityReason.RISK_ABOVE_LEVEL,
            "level",
            assessment.level(),
            "highest_risk",
            highest,
            "product_risk",
            product.risk(),
            "manager_risk",
            product.managerRisk(),
            "broker_risk",
            product.brokerRisk());
  }

  Optional<Objection> term(SuitabilityQuestion question) {
    RiskAssessment assessment = question.assessment();
    String term = question.product().term();
    if (assessment == null || term == null) {
      return Optional.empty();
    }
    String longest = assessment.maxTerm();
    boolean fits =
        longest != null && TERMS.contains(term) && TERMS.indexOf(term) <= TERMS.indexOf(longest);
    return fits
        ? Optional.empty()
        : Objection.because(
            SuitabilityReason.TERM_MISMATCH, "max_term", longest, "product_term", term);
  }

  Optional<Objection> type(SuitabilityQuestion question) {
    RiskAssessment assessment = question.assessment();
    String type = question.product().type();
    if (assessment == null || policy.typesWithoutPreference().value().contains(type)) {
      return Optional.empty();
    }
    Set<String> accepted = assessment.productTypes();
    return accepted.contains(type)
        ? Optional.empty()
        : Objection.because(
            SuitabilityReason.TYPE_MISMATCH,
            "accepted_types",
            accepted.isEmpty() ? null : String.join(",", accepted.stream().sorted().toList()),
            "product_type",
            type);
  }

  Optional<Objection> objective(SuitabilityQuestion question) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null) {
      return Optional.empty();
    }
    String objective = question.product().objective();
    Set<String> fitting =
        policy.objectives().value().getOrDefault(assessment.objective(), Set.of());
    return fitting.contains(objective)
        ? Optional.empty()
        : Objection.because(
            SuitabilityReason.OBJECTIVE_MISMATCH,
            "objective",
            assessment.objective(),
            "product_objective",
            objective);
  }
}
