package io.waymark.console;

import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.customer.LevelContradiction;
import io.waymark.customer.LevelContradictions;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.product.Product;
import io.waymark.product.Products;
import io.waymark.suitability.Checked;
import io.waymark.suitability.Suitability;
import io.waymark.suitability.SuitabilityQuestion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the suitability gate would say of one customer and one product now, check by check. */
@Component
class SuitabilityCheckup {

  private final Customers customers;
  private final GateFactsReader facts;
  private final RiskAssessments assessments;
  private final LevelContradictions contradictions;
  private final Products products;
  private final Suitability suitability;
  private final Clock clock;

  SuitabilityCheckup(
      Customers customers,
      GateFactsReader facts,
      RiskAssessments assessments,
      LevelContradictions contradictions,
      Products products,
      Suitability suitability,
      Clock clock) {
    this.customers = customers;
    this.facts = facts;
    this.assessments = assessments;
    this.contradictions = contradictions;
    this.products = products;
    this.suitability = suitability;
    this.clock = clock;
  }

  /** Empty when customer, product or purpose is not known within the scope. */
  Optional<Result> of(String customer, String product, String purpose, BranchScope scope) {
    Optional<CustomerProfile> profile = customers.find(customer, scope);
    Optional<Product> sold = products.find(product);
    Optional<Purpose> wanted =
        Stream.of(Purpose.values()).filter(one -> one.code().equals(purpose)).findFirst();
    if (profile.isEmpty() || sold.isEmpty() || wanted.isEmpty()) {
      return Optional.empty();
    }
    long id = profile.get().id();
    GateFacts known = facts.read(List.of(id)).get(id);
    return known == null
        ? Optional.empty()
        : Optional.of(result(known, sold.get(), wanted.get(), clock.instant()));
  }

  private Result result(GateFacts known, Product product, Purpose purpose, Instant now) {
    List<Checked> checks =
        suitability.explain(
            new SuitabilityQuestion(
                known.customerClass(),
                known.assessment(),
                known.birthDate(),
                known.tags(),
                product,
                purpose,
                now));
    RiskAssessment assessed =
        assessments.assessed(List.of(known.customerId())).get(known.customerId());
    return new Result(
        known,
        product,
        assessed,
        assessed == null
            ? List.of()
            : contradictions.of(List.of(known.customerId())).stream()
                .filter(one -> !one.assessedAt().isBefore(assessed.assessedAt()))
                .toList(),
        checks,
        checks.stream().noneMatch(one -> one.outcome() == Checked.Outcome.FAILED));
  }

  /**
   * The answer.
   *
   * @param assessed the assessment as it was given; null when there is none
   * @param contradictions what has tightened it
   * @param allowed whether no check stands against promoting
   */
  public record Result(
      GateFacts customer,
      Product product,
      @Nullable RiskAssessment assessed,
      List<LevelContradiction> contradictions,
      List<Checked> checks,
      boolean allowed) {}
}
