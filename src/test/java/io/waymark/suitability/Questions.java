package io.waymark.suitability;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.testing.ShippedSuitability;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A question that passes every check, and the ways to spoil it. */
record Questions(
    CustomerClass customerClass,
    @Nullable RiskAssessment assessment,
    @Nullable LocalDate birthDate,
    Map<String, String> tags,
    Product product,
    Purpose purpose) {

  static final Instant AT = Instant.parse("2026-11-23T02:00:00Z");

  private static final Suitability SUITABILITY = new Suitability(ShippedSuitability.policies());

  static Suitability suitability() {
    return SUITABILITY;
  }

  /** An ordinary customer of forty who passed everything, asked about a product of this grade. */
  static Questions fitting(RiskTolerance level, ProductRisk risk) {
    return new Questions(
        CustomerClass.ORDINARY,
        assessed(level, false),
        LocalDate.of(1986, 5, 1),
        Map.of(
            "education_high_risk", "true", "education_high_risk_at", "2026-11-22T10:00:00+08:00"),
        product("equity_fund", risk, "medium", "growth"),
        Purpose.PRODUCT_MARKETING);
  }

  /** A customer whom nothing keeps from a margin account. */
  static Questions margin() {
    return fitting(RiskTolerance.C4, ProductRisk.R4)
        .selling(product("margin", ProductRisk.R4, null, "growth"))
        .tag("asset_avg_20d", "500000")
        .tag("trading_months", "6")
        .purpose(Purpose.MARGIN_MARKETING);
  }

  static RiskAssessment assessed(RiskTolerance level, boolean minimumClass) {
    return new RiskAssessment(
        level,
        minimumClass,
        AT.minus(Duration.ofDays(100)),
        AT.plus(Duration.ofDays(265)),
        "medium",
        Set.of("equity_fund", "bond_fund", "margin"),
        "growth");
  }

  static Product product(String type, ProductRisk risk, @Nullable String term, String objective) {
    return new Product("P1", "某产品", type, risk, risk, "某公司", term, objective, "on_sale", Map.of());
  }

  Questions customerClass(CustomerClass other) {
    return new Questions(other, assessment, birthDate, tags, product, purpose);
  }

  Questions assessment(@Nullable RiskAssessment other) {
    return new Questions(customerClass, other, birthDate, tags, product, purpose);
  }

  Questions birthDate(@Nullable LocalDate other) {
    return new Questions(customerClass, assessment, other, tags, product, purpose);
  }

  Questions selling(Product other) {
    return new Questions(customerClass, assessment, birthDate, tags, other, purpose);
  }

  Questions purpose(Purpose other) {
    return new Questions(customerClass, assessment, birthDate, tags, product, other);
  }

  Questions tag(String tag, @Nullable String value) {
    Map<String, String> changed = new HashMap<>(tags);
    if (value == null) {
      changed.remove(tag);
    } else {
      changed.put(tag, value);
    }
    return new Questions(customerClass, assessment, birthDate, changed, product, purpose);
  }

  SuitabilityVerdict ask() {
    return suitability().assess(question());
  }

  List<Checked> explain() {
    return suitability().explain(question());
  }

  private SuitabilityQuestion question() {
    return new SuitabilityQuestion(
        customerClass, assessment, birthDate, tags, product, purpose, AT);
  }
}
