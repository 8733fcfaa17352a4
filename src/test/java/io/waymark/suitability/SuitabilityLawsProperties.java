package io.waymark.suitability;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every customer and product: caution never makes anything allowed. */
class SuitabilityLawsProperties {

  @Property
  void raising_the_products_risk_never_makes_it_suitable(
      @ForAll("questions") Questions question, @ForAll ProductRisk higher) {
    Product product = question.product();
    Product riskier =
        new Product(
            product.code(),
            product.name(),
            product.type(),
            ProductRisk.max(product.managerRisk(), higher),
            product.brokerRisk(),
            product.manager(),
            product.term(),
            product.objective(),
            product.status(),
            product.statements());
    if (question.ask() instanceof Unsuitable) {
      assertThat(question.selling(riskier).ask()).isInstanceOf(Unsuitable.class);
    }
  }

  @Property
  void lowering_the_customers_level_never_makes_anything_suitable(
      @ForAll("questions") Questions question, @ForAll RiskTolerance lower) {
    RiskAssessment assessment = question.assessment();
    if (assessment == null || lower.compareTo(assessment.level()) > 0) {
      return;
    }
    RiskAssessment lowered =
        new RiskAssessment(
            lower,
            assessment.minimumClass(),
            assessment.assessedAt(),
            assessment.expiresAt(),
            assessment.maxTerm(),
            assessment.productTypes(),
            assessment.objective());
    if (question.ask() instanceof Unsuitable) {
      assertThat(question.assessment(lowered).ask()).isInstanceOf(Unsuitable.class);
    }
  }

  @Property
  void forgetting_a_fact_never_makes_a_promotion_suitable(@ForAll("questions") Questions question) {
    if (question.ask() instanceof Unsuitable) {
      for (String tag : Set.of("asset_avg_20d", "trading_months", "education_high_risk")) {
        assertThat(question.tag(tag, null).ask()).isInstanceOf(Unsuitable.class);
      }
      assertThat(question.birthDate(null).ask()).isInstanceOf(Unsuitable.class);
    }
  }

  @Provide
  Arbitrary<Questions> questions() {
    Arbitrary<RiskAssessment> assessment =
        Combinators.combine(
                Arbitraries.of(RiskTolerance.class),
                Arbitraries.of(true, false, false, false),
                Arbitraries.integers().between(0, 900),
                Arbitraries.of("short", "medium", "long").injectNull(0.1),
                Arbitraries.of("equity_fund", "bond_fund", "margin").set().ofMinSize(1),
                Arbitraries.of("preservation", "income", "growth", "aggressive"))
            .as(
                (level, minimum, age, term, types, objective) ->
                    new RiskAssessment(
                        level,
                        minimum && level == RiskTolerance.C1,
                        Questions.AT.minus(Duration.ofDays(age)),
                        Questions.AT.plus(Duration.ofDays(365 - age)),
                        term,
                        types,
                        objective));
    Arbitrary<Product> product =
        Combinators.combine(
                Arbitraries.of("equity_fund", "bond_fund", "margin", "service"),
                Arbitraries.of(ProductRisk.class),
                Arbitraries.of("short", "medium", "long").injectNull(0.3),
                Arbitraries.of("preservation", "income", "growth", "aggressive"))
            .as(Questions::product);
    Arbitrary<Map<String, String>> tags =
        Combinators.combine(
                Arbitraries.of("499999", "500000").injectNull(0.3),
                Arbitraries.of("5", "6").injectNull(0.3),
                Arbitraries.of("true", "false").injectNull(0.3))
            .as(
                (assets, months, education) -> {
                  Map<String, String> known = new HashMap<>();
                  known.put("asset_avg_20d", assets);
                  known.put("trading_months", months);
                  known.put("education_high_risk", education);
                  known.values().removeIf(value -> value == null);
                  return known;
                });
    Arbitrary<LocalDate> birthDate =
        Arbitraries.integers()
            .between(10, 90)
            .map(age -> LocalDate.of(2026 - age, 6, 1))
            .injectNull(0.1);
    return Combinators.combine(
            Arbitraries.of(CustomerClass.class),
            assessment.injectNull(0.1),
            birthDate,
            tags,
            product,
            Arbitraries.of(Purpose.class))
        .as(Questions::new);
  }
}
