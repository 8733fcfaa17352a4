package io.waymark.contact.gate;

import static io.waymark.contact.gate.Asked.about;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.contact.Allowed;
import io.waymark.contact.Deferred;
import io.waymark.contact.GateChain;
import io.waymark.contact.Verdict;
import io.waymark.contact.Withheld;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.ConsentState;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.ProductRisk;
import io.waymark.suitability.Suitability;
import io.waymark.testing.ShippedSuitability;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The order of the gates: of several reasons the first is told. */
class GateChainTest {

  private static GateChain chain;

  @BeforeAll
  static void build() {
    chain = new GateOrder().messageGates(new Suitability(ShippedSuitability.policies()));
  }

  @Test
  void a_consented_suitable_customer_is_reached() {
    assertThat(ask(consented())).isInstanceOf(Allowed.class);
  }

  @Test
  void legal_status_comes_before_everything() {
    assertThat(
            withheld(
                about().status(LegalStatus.DECEASED).born(null).notApproved().withoutAddress()))
        .isEqualTo(WithheldReason.LEGAL_STATUS);
  }

  @Test
  void age_comes_before_consent_and_consent_before_suppression() {
    Asked asked = about().born(null).suppressed("complaint", "2026-12-01T00:00:00Z");
    assertThat(withheld(asked)).isEqualTo(WithheldReason.FACTS_MISSING);
    assertThat(withheld(asked.born("1985-05-20"))).isEqualTo(WithheldReason.CONSENT_MISSING);
    assertThat(
            withheld(
                asked.said(Purpose.PRODUCT_MARKETING, Channel.SMS, ConsentState.GRANTED, null)))
        .isEqualTo(WithheldReason.SUPPRESSED);
  }

  @Test
  void caps_come_before_suitability_and_suitability_before_content() {
    Asked asked =
        consented()
            .counted(Channel.SMS, Purpose.ACTIVITY, "2026-11-23T09:00")
            .assessment(Asked.assessed(RiskTolerance.C2, false, "2027-11-23"))
            .productClass("M");
    assertThat(withheld(asked)).isEqualTo(WithheldReason.CAP_EXCEEDED);
    assertThat(withheld(asked.now("2026-11-24T10:00"))).isEqualTo(WithheldReason.RISK_ABOVE_LEVEL);
    assertThat(
            withheld(
                asked
                    .now("2026-11-24T10:00")
                    .assessment(Asked.assessed(RiskTolerance.C3, false, "2027-11-23"))))
        .isEqualTo(WithheldReason.CONTENT_NOT_APPROVED);
  }

  @Test
  void at_night_a_message_waits_only_if_nothing_forbids_it() {
    Verdict verdict = ask(consented().now("2026-11-23T22:00"));
    assertThat(verdict)
        .isEqualTo(new Deferred(Asked.at("2026-11-24T09:00"), WithheldReason.QUIET_HOURS));
    assertThat(
            withheld(
                consented()
                    .now("2026-11-23T22:00")
                    .product(Asked.fund("equity_fund", ProductRisk.R5, "on_sale"))))
        .isEqualTo(WithheldReason.RISK_ABOVE_LEVEL);
  }

  @Test
  void service_reaches_somebody_of_whom_little_is_known() {
    assertThat(
            ask(
                about()
                    .template(Channel.SMS, Purpose.SERVICE)
                    .born(null)
                    .assessment(null)
                    .now("2026-11-23T03:00")))
        .isInstanceOf(Allowed.class);
  }

  @Test
  void a_verdict_names_what_every_gate_that_was_asked_looked_at() {
    Withheld verdict = (Withheld) ask(about());
    assertThat(verdict.gate()).isEqualTo("consent");
    assertThat(verdict.inputs())
        .containsEntry("legal_status.status", "normal")
        .containsEntry("consent.state", "unknown")
        .doesNotContainKey("content.class");
  }

  private static Asked consented() {
    return about().said(Purpose.PRODUCT_MARKETING, Channel.SMS, ConsentState.GRANTED, null);
  }

  private static WithheldReason withheld(Asked asked) {
    return ((Withheld) ask(asked)).reason();
  }

  private static Verdict ask(Asked asked) {
    return chain.ask(asked.question()).verdict();
  }
}
