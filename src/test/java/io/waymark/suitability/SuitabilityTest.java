package io.waymark.suitability;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SuitabilityTest {

  private static final Instant AT = Questions.AT;

  @ParameterizedTest
  @CsvSource({
    "C1, yes, no, no, no, no",
    "C2, yes, yes, no, no, no",
    "C3, yes, yes, yes, no, no",
    "C4, yes, yes, yes, yes, no",
    "C5, yes, yes, yes, yes, yes"
  })
  void a_level_fits_the_products_of_its_row(
      RiskTolerance level, String r1, String r2, String r3, String r4, String r5) {
    String[] row = {r1, r2, r3, r4, r5};
    for (ProductRisk risk : ProductRisk.values()) {
      Questions question = Questions.fitting(level, risk);
      if (row[risk.ordinal()].equals("yes")) {
        assertThat(question.ask()).as("%s %s", level, risk).isEqualTo(new Suitable());
      } else {
        assertRefused(question, SuitabilityReason.RISK_ABOVE_LEVEL)
            .containsEntry("level", level.name())
            .containsEntry("product_risk", risk.name());
      }
    }
  }

  @Test
  void the_higher_of_the_managers_and_the_brokers_grade_counts() {
    Questions question = Questions.fitting(RiskTolerance.C3, ProductRisk.R3);
    assertRefused(question.selling(graded(ProductRisk.R4, ProductRisk.R2)), riskAboveLevel());
    assertRefused(question.selling(graded(ProductRisk.R2, ProductRisk.R4)), riskAboveLevel());
    assertThat(question.selling(graded(ProductRisk.R2, ProductRisk.R3)).ask())
        .isEqualTo(new Suitable());
  }

  @Test
  void a_missing_assessment_withholds_marketing() {
    assertRefused(good().assessment(null), SuitabilityReason.ASSESSMENT_MISSING)
        .containsEntry("assessment", "unknown")
        .containsEntry("policy", "2026-11-22");
  }

  @Test
  void an_expired_assessment_withholds_marketing_from_the_moment_after_its_last() {
    assertThat(good().assessment(valid(AT.minus(Duration.ofDays(10)), AT)).ask())
        .isEqualTo(new Suitable());
    assertRefused(
        good().assessment(valid(AT.minus(Duration.ofDays(10)), AT.minusMillis(1))),
        SuitabilityReason.ASSESSMENT_EXPIRED);
  }

  @Test
  void an_assessment_older_than_the_policy_allows_is_expired_whatever_it_says() {
    Instant twoYearsOn = AT.plus(Duration.ofDays(700));
    assertThat(good().assessment(valid(AT.minus(Duration.ofDays(730)), twoYearsOn)).ask())
        .isEqualTo(new Suitable());
    assertRefused(
        good().assessment(valid(AT.minus(Duration.ofDays(731)), twoYearsOn)),
        SuitabilityReason.ASSESSMENT_EXPIRED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Purpose.class,
      names = {"SERVICE", "EDUCATION"})
  void service_and_education_need_no_assessment(Purpose purpose) {
    assertThat(good().assessment(null).birthDate(null).purpose(purpose).ask())
        .isEqualTo(new Suitable());
  }

  @ParameterizedTest
  @EnumSource(
      value = Purpose.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SERVICE", "EDUCATION"})
  void the_minimum_class_is_promoted_nothing_not_even_r1(Purpose purpose) {
    assertRefused(minimumClass(ProductRisk.R1).purpose(purpose), SuitabilityReason.MINIMUM_CLASS);
  }

  @Test
  void the_minimum_class_is_taught_about_r1_only() {
    assertThat(minimumClass(ProductRisk.R1).purpose(Purpose.EDUCATION).ask())
        .isEqualTo(new Suitable());
    assertRefused(
        minimumClass(ProductRisk.R2).purpose(Purpose.EDUCATION), SuitabilityReason.MINIMUM_CLASS);
  }

  @Test
  void the_minimum_class_still_gets_service_about_what_it_holds() {
    assertThat(minimumClass(ProductRisk.R3).purpose(Purpose.SERVICE).ask())
        .isEqualTo(new Suitable());
  }

  @ParameterizedTest
  @CsvSource({
    "short, short, yes", "short, medium, no", "short, long, no",
    "medium, short, yes", "medium, medium, yes", "medium, long, no",
    "long, short, yes", "long, medium, yes", "long, long, yes",
    ", short, no", "short, , yes", ", , yes"
  })
  void a_product_may_not_run_longer_than_the_customer_accepts(
      @Nullable String accepted, @Nullable String term, String fits) {
    RiskAssessment base = Questions.assessed(RiskTolerance.C3, false);
    Questions question =
        good()
            .assessment(
                new RiskAssessment(
                    base.level(),
                    false,
                    base.assessedAt(),
                    base.expiresAt(),
                    accepted,
                    base.productTypes(),
                    base.objective()))
            .selling(Questions.product("equity_fund", ProductRisk.R3, term, "growth"));
    expect(question, fits, SuitabilityReason.TERM_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({"equity_fund, yes", "qdii, no", "service, yes", "advisory, yes"})
  void a_product_must_be_of_a_type_the_customer_accepts(String type, String fits) {
    expect(
        good().selling(Questions.product(type, ProductRisk.R3, "medium", "growth")),
        fits,
        SuitabilityReason.TYPE_MISMATCH);
  }

  @Test
  void a_customer_who_was_never_asked_for_types_is_promoted_none() {
    RiskAssessment base = Questions.assessed(RiskTolerance.C3, false);
    RiskAssessment unasked =
        new RiskAssessment(
            base.level(),
            false,
            base.assessedAt(),
            base.expiresAt(),
            base.maxTerm(),
            Set.of(),
            base.objective());
    assertRefused(good().assessment(unasked), SuitabilityReason.TYPE_MISMATCH)
        .containsEntry("accepted_types", "unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "preservation, preservation, yes", "preservation, income, no", "preservation, growth, no",
    "preservation, aggressive, no", "income, preservation, yes", "income, income, yes",
    "income, growth, no", "income, aggressive, no", "growth, preservation, yes",
    "growth, income, yes", "growth, growth, yes", "growth, aggressive, no",
    "aggressive, preservation, yes", "aggressive, income, yes", "aggressive, growth, yes",
    "aggressive, aggressive, yes"
  })
  void a_product_must_serve_the_customers_objective(String wanted, String offered, String fits) {
    RiskAssessment base = Questions.assessed(RiskTolerance.C3, false);
    Questions question =
        good()
            .assessment(
                new RiskAssessment(
                    base.level(),
                    false,
                    base.assessedAt(),
                    base.expiresAt(),
                    base.maxTerm(),
                    base.productTypes(),
                    wanted))
            .selling(Questions.product("equity_fund", ProductRisk.R3, "medium", offered));
    expect(question, fits, SuitabilityReason.OBJECTIVE_MISMATCH);
  }

  @Test
  void a_professional_skips_level_term_type_and_objective() {
    Questions everythingWrong =
        Questions.fitting(RiskTolerance.C1, ProductRisk.R5)
            .selling(Questions.product("qdii", ProductRisk.R5, "long", "aggressive"));
    assertRefused(everythingWrong, SuitabilityReason.RISK_ABOVE_LEVEL);
    assertThat(everythingWrong.customerClass(CustomerClass.PROFESSIONAL).ask())
        .isEqualTo(new Suitable());
  }

  @Test
  void a_professional_skips_neither_assessment_nor_entry_conditions() {
    Questions professional = Questions.margin().customerClass(CustomerClass.PROFESSIONAL);
    assertThat(professional.ask()).isEqualTo(new Suitable());
    assertRefused(professional.assessment(null), SuitabilityReason.ASSESSMENT_MISSING);
    assertRefused(professional.tag("trading_months", "5"), SuitabilityReason.ENTRY_CONDITION);
    assertRefused(
        professional.assessment(Questions.assessed(RiskTolerance.C3, false)),
        SuitabilityReason.ENTRY_CONDITION);
  }

  @ParameterizedTest
  @CsvSource({
    "asset_avg_20d, 499999.99, 499999.99",
    "asset_avg_20d, , unknown",
    "asset_avg_20d, plenty, plenty",
    "trading_months, 5, 5",
    "trading_months, , unknown",
    "related_party, true, true"
  })
  void margin_is_withheld_when_an_entry_condition_is_unmet_or_unknown(
      String tag, @Nullable String value, String shown) {
    assertRefused(Questions.margin().tag(tag, value), SuitabilityReason.ENTRY_CONDITION)
        .containsEntry("condition", tag)
        .containsEntry(tag, shown);
  }

  @Test
  void margin_is_offered_to_a_customer_who_meets_every_entry_condition() {
    assertThat(Questions.margin().ask()).isEqualTo(new Suitable());
    assertThat(Questions.margin().tag("related_party", "false").ask()).isEqualTo(new Suitable());
  }

  @ParameterizedTest
  @CsvSource({"2008-11-23, yes, 18", "2008-11-24, no, 17", ", no, unknown"})
  void margin_asks_for_eighteen_full_years(
      @Nullable LocalDate birthDate, String allowed, String shown) {
    Questions question = Questions.margin().birthDate(birthDate);
    expect(question, allowed, SuitabilityReason.ENTRY_CONDITION);
    if (allowed.equals("no")) {
      assertRefused(question, SuitabilityReason.ENTRY_CONDITION).containsEntry("age", shown);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "R4, 1961-11-24, true, yes",
    "R4, 1961-11-23, true, no",
    "R4, , true, no",
    "R4, 1986-05-01, , no",
    "R4, 1986-05-01, false, no",
    "R5, 1986-05-01, true, yes",
    "R3, 1940-01-01, , yes"
  })
  void high_risk_products_ask_for_education_and_leave_the_elderly_to_a_person(
      ProductRisk risk, @Nullable LocalDate birthDate, @Nullable String education, String allowed) {
    expect(
        Questions.fitting(RiskTolerance.C5, risk)
            .birthDate(birthDate)
            .tag("education_high_risk", education),
        allowed,
        SuitabilityReason.HIGH_RISK_EXTRA);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:00+08:00, yes",
    "2026-11-22T10:00:01+08:00, no",
    "2026-11-22T02:00:00Z, yes",
    "2026-11-21, yes",
    "2026-11-22, no",
    "2027-01-01T00:00:00Z, no",
    "昨天, no",
    ", no"
  })
  void high_risk_products_give_a_day_to_consider_after_the_education(
      @Nullable String done, String allowed) {
    expect(
        Questions.fitting(RiskTolerance.C5, ProductRisk.R4).tag("education_high_risk_at", done),
        allowed,
        SuitabilityReason.HIGH_RISK_EXTRA);
  }

  @ParameterizedTest
  @CsvSource({
    "star_market, 500000, 24, , yes",
    "star_market, 499999, 24, , no",
    "star_market, 500000, 23, , no",
    "star_market, , 24, , no",
    "star_market, 500000, , , no",
    "chinext, 100000, 24, , yes",
    "chinext, 99999, 24, , no",
    "chinext, 100000, , , no",
    "private_fund, , , true, yes",
    "private_fund, , , false, no",
    "private_fund, , , , no"
  })
  void other_entries_have_their_thresholds_and_what_is_unknown_is_no(
      String type,
      @Nullable String assets,
      @Nullable String months,
      @Nullable String qualified,
      String allowed) {
    RiskAssessment base = Questions.assessed(RiskTolerance.C3, false);
    Questions question =
        good()
            .assessment(
                new RiskAssessment(
                    base.level(),
                    false,
                    base.assessedAt(),
                    base.expiresAt(),
                    base.maxTerm(),
                    Set.of(type),
                    base.objective()))
            .selling(Questions.product(type, ProductRisk.R3, "medium", "growth"))
            .tag("asset_avg_20d", assets)
            .tag("trading_months", months)
            .tag("qualified_investor", qualified);
    expect(question, allowed, SuitabilityReason.ENTRY_CONDITION);
  }

  @Test
  void every_check_explains_itself_and_does_not_end_at_the_first_that_fails() {
    Questions wrong =
        Questions.fitting(RiskTolerance.C1, ProductRisk.R5)
            .selling(Questions.product("qdii", ProductRisk.R5, "long", "aggressive"))
            .birthDate(null);
    List<Checked> checks = wrong.explain();
    assertThat(checks).extracting(Checked::check).containsExactly(SuitabilityReason.values());
    assertThat(checks).allSatisfy(one -> assertThat(one.basis()).isNotBlank());
    assertThat(checks)
        .filteredOn(one -> one.outcome() == Checked.Outcome.FAILED)
        .extracting(Checked::check)
        .containsExactly(
            SuitabilityReason.RISK_ABOVE_LEVEL,
            SuitabilityReason.TERM_MISMATCH,
            SuitabilityReason.TYPE_MISMATCH,
            SuitabilityReason.OBJECTIVE_MISMATCH,
            SuitabilityReason.HIGH_RISK_EXTRA);
    assertThat(wrong.customerClass(CustomerClass.PROFESSIONAL).explain())
        .filteredOn(one -> one.outcome() == Checked.Outcome.SPARED)
        .hasSize(4);
    assertThat(wrong.purpose(Purpose.SERVICE).explain())
        .filteredOn(one -> one.outcome() == Checked.Outcome.NOT_ASKED)
        .hasSize(8);
  }

  @Test
  void every_reason_has_a_code_and_a_sentence() {
    for (SuitabilityReason reason : SuitabilityReason.values()) {
      assertThat(reason.code()).matches("[a-z_]+");
      assertThat(reason.message()).isNotBlank();
    }
  }

  private static Questions good() {
    return Questions.fitting(RiskTolerance.C3, ProductRisk.R3);
  }

  private static Questions minimumClass(ProductRisk risk) {
    return Questions.fitting(RiskTolerance.C1, risk)
        .assessment(Questions.assessed(RiskTolerance.C1, true));
  }

  private static SuitabilityReason riskAboveLevel() {
    return SuitabilityReason.RISK_ABOVE_LEVEL;
  }

  private static RiskAssessment valid(Instant from, Instant until) {
    RiskAssessment base = Questions.assessed(RiskTolerance.C3, false);
    return new RiskAssessment(
        base.level(), false, from, until, base.maxTerm(), base.productTypes(), base.objective());
  }

  private static Product graded(ProductRisk manager, ProductRisk broker) {
    return new Product(
        "P1",
        "某基金",
        "equity_fund",
        manager,
        broker,
        "某公司",
        "medium",
        "growth",
        "on_sale",
        Map.of());
  }

  private static void expect(Questions question, String fits, SuitabilityReason otherwise) {
    if (fits.equals("yes")) {
      assertThat(question.ask()).isEqualTo(new Suitable());
    } else {
      assertRefused(question, otherwise);
    }
  }

  private static org.assertj.core.api.MapAssert<String, String> assertRefused(
      Questions question, SuitabilityReason reason) {
    SuitabilityVerdict verdict = question.ask();
    assertThat(verdict).isInstanceOf(Unsuitable.class);
    Unsuitable unsuitable = (Unsuitable) verdict;
    assertThat(unsuitable.reason()).isEqualTo(reason);
    return assertThat(unsuitable.inputs());
  }
}
