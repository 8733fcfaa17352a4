package io.waymark.suitability;

import io.waymark.customer.RiskAssessment;
import io.waymark.product.Product;
import java.util.Set;

/**
 * Does the product fit level, term, type and objective (适当性管理办法 art. 22(3)(4))? Without an
 * assessment there is nothing to compare; that it is missing is another check's finding.
 */
final class FitChecks {

  private static final String NOTHING = "没有测评，无从比较";

  private FitChecks() {}

  static Look risk(SuitabilityQuestion question, SuitabilityPolicy policy) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null) {
      return Look.of(true, NOTHING);
    }
    Product product = question.product();
    Cell cell = policy.fits(assessment.level(), assessment.minimumClass(), product.risk());
    return Look.of(
        cell.is("yes"),
        cell.basis(),
        "level",
        assessment.level(),
        "product_risk",
        product.risk(),
        "manager_risk",
        product.managerRisk(),
        "broker_risk",
        product.brokerRisk());
  }

  static Look term(SuitabilityQuestion question, SuitabilityPolicy policy) {
    RiskAssessment assessment = question.assessment();
    String term = question.product().term();
    if (assessment == null || term == null) {
      return Look.of(true, assessment == null ? NOTHING : "产品没有期限");
    }
    Cell cell = policy.term(assessment.maxTerm(), term);
    return Look.of(
        cell.is("yes"), cell.basis(), "max_term", assessment.maxTerm(), "product_term", term);
  }

  static Look type(SuitabilityQuestion question, SuitabilityPolicy policy) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null) {
      return Look.of(true, NOTHING);
    }
    String type = question.product().type();
    Cell cell = policy.type(type);
    Set<String> accepted = assessment.productTypes();
    return Look.of(
        cell.is("skip") || accepted.contains(type),
        cell.basis(),
        "accepted_types",
        accepted.isEmpty() ? null : String.join(",", accepted.stream().sorted().toList()),
        "product_type",
        type);
  }

  static Look objective(SuitabilityQuestion question, SuitabilityPolicy policy) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null) {
      return Look.of(true, NOTHING);
    }
    String offered = question.product().objective();
    Cell cell = policy.objective(assessment.objective(), offered);
    return Look.of(
        cell.is("yes"),
        cell.basis(),
        "objective",
        assessment.objective(),
        "product_objective",
        offered);
  }
}
