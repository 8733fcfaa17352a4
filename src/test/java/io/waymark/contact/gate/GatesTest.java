package io.waymark.contact.gate;

import static io.waymark.contact.gate.Asked.about;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.recall.RecallKind;
import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.ConsentState;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.ProductRisk;
import io.waymark.suitability.Suitability;
import io.waymark.testing.ShippedSuitability;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each gate as a table: what is known, and what it says. */
class GatesTest {

  @Test
  void nobody_unknown_is_contacted() {
    assertThat(reason(new KnownCustomerGate(), about().unknownCustomer()))
        .isEqualTo(WithheldReason.CUSTOMER_UNKNOWN);
    assertThat(reason(new KnownCustomerGate(), about())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "NORMAL, PRODUCT_MARKETING, passes",
    "NORMAL, SERVICE, passes",
    "DECEASED, PRODUCT_MARKETING, legal_status",
    "DECEASED, EDUCATION, legal_status",
    "DECEASED, SERVICE, legal_status",
    "RESTRICTED, ACTIVITY, legal_status",
    "RESTRICTED, SERVICE, passes",
    "BLACKLISTED, MARGIN_MARKETING, legal_status",
    "BLACKLISTED, SERVICE, passes",
    "COMPLAINT_HOLD, EDUCATION, legal_status",
    "COMPLAINT_HOLD, SERVICE, passes"
  })
  void legal_status_leaves_only_what_the_policy_names(
      LegalStatus status, Purpose purpose, String expected) {
    assertThat(word(new LegalStatusGate(), about().status(status).template(Channel.SMS, purpose)))
        .isEqualTo(expected);
  }

  @Test
  void a_troubled_customer_gets_nothing_without_an_approved_template() {
    assertThat(reason(new LegalStatusGate(), about().status(LegalStatus.RESTRICTED).notApproved()))
        .isEqualTo(WithheldReason.LEGAL_STATUS);
  }

  @ParameterizedTest
  @CsvSource({
    "2008-11-23, PRODUCT_MARKETING, passes",
    "2008-11-24, PRODUCT_MARKETING, capacity",
    "2008-11-24, ACTIVITY, capacity",
    "2008-11-24, SERVICE, passes",
    "2008-11-24, EDUCATION, passes",
    ", PRODUCT_MARKETING, facts_missing",
    ", SERVICE, passes",
    ", EDUCATION, passes"
  })
  void minors_and_people_of_unknown_age_are_not_marketed_to(
      @Nullable String birthDate, Purpose purpose, String expected) {
    assertThat(word(new CapacityGate(), about().born(birthDate).template(Channel.SMS, purpose)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCT_MARKETING, GRANTED, passes",
    "PRODUCT_MARKETING, UNKNOWN, consent_missing",
    "PRODUCT_MARKETING, REFUSED, consent_refused",
    "MARGIN_MARKETING, UNKNOWN, consent_missing",
    "ACTIVITY, REFUSED, consent_refused",
    "PERSONALISATION, UNKNOWN, consent_missing",
    "EDUCATION, UNKNOWN, passes",
    "EDUCATION, REFUSED, consent_refused",
    "SERVICE, UNKNOWN, passes",
    "SERVICE, REFUSED, consent_refused"
  })
  void silence_is_no_for_marketing_and_a_no_ends_education(
      Purpose purpose, ConsentState state, String expected) {
    Asked asked = about().template(Channel.SMS, purpose);
    if (state != ConsentState.UNKNOWN) {
      asked.said(purpose, Channel.SMS, state, null);
    }
    assertThat(word(new ConsentGate(), asked)).isEqualTo(expected);
  }

  @Test
  void consent_on_another_channel_is_no_consent() {
    assertThat(
            reason(
                new ConsentGate(),
                about()
                    .template(Channel.EMAIL, Purpose.PRODUCT_MARKETING)
                    .said(Purpose.PRODUCT_MARKETING, Channel.SMS, ConsentState.GRANTED, null)))
        .isEqualTo(WithheldReason.CONSENT_MISSING);
  }

  @Test
  void a_consent_that_has_run_out_is_no_consent() {
    Asked asked =
        about()
            .said(
                Purpose.PRODUCT_MARKETING,
                Channel.SMS,
                ConsentState.GRANTED,
                "2026-11-23T02:00:00Z");
    assertThat(reason(new ConsentGate(), asked)).isEqualTo(WithheldReason.CONSENT_MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "complaint, 2026-12-01T00:00:00Z, PRODUCT_MARKETING, suppressed",
    "cooling_off, 2026-12-01T00:00:00Z, PRODUCT_MARKETING, cooling_off",
    "complaint, 2026-12-01T00:00:00Z, SERVICE, passes",
    "complaint, 2026-12-01T00:00:00Z, EDUCATION, passes",
    "complaint, 2026-11-23T02:00:00Z, PRODUCT_MARKETING, passes"
  })
  void a_pause_stops_marketing_until_its_end(
      String reason, String until, Purpose purpose, String expected) {
    assertThat(
            word(
                new SuppressionGate(),
                about().template(Channel.SMS, purpose).suppressed(reason, until)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00, 2026-11-23T10:00, passes",
    "2026-11-22T10:01, 2026-11-23T10:00, cap_exceeded",
    "2026-11-22T19:00, 2026-11-23T19:00, passes",
    "2026-11-22T19:00, 2026-11-23T18:59, cap_exceeded"
  })
  void one_marketing_text_message_in_any_24_hours(String earlier, String now, String expected) {
    assertThat(
            word(new CapGate(), about().now(now).counted(Channel.SMS, Purpose.ACTIVITY, earlier)))
        .isEqualTo(expected);
  }

  @Test
  void three_marketing_text_messages_in_any_seven_days() {
    Asked three =
        about()
            .counted(Channel.SMS, Purpose.ACTIVITY, "2026-11-17T10:00")
            .counted(Channel.SMS, Purpose.PRODUCT_MARKETING, "2026-11-19T10:00")
            .counted(Channel.SMS, Purpose.MARGIN_MARKETING, "2026-11-21T10:00");
    assertThat(reason(new CapGate(), three)).isEqualTo(WithheldReason.CAP_EXCEEDED);
    assertThat(reason(new CapGate(), three.now("2026-11-24T10:00"))).isNull();
  }

  @Test
  void what_is_promised_for_the_morning_counts_tonight_already() {
    assertThat(
            reason(
                new CapGate(),
                about()
                    .now("2026-11-23T22:30")
                    .counted(Channel.SMS, Purpose.ACTIVITY, "2026-11-24T09:00")))
        .isEqualTo(WithheldReason.CAP_EXCEEDED);
  }

  @Test
  void a_calendar_cap_starts_again_at_midnight() {
    Asked three =
        about()
            .template(Channel.IN_APP, Purpose.ACTIVITY)
            .counted(Channel.IN_APP, Purpose.ACTIVITY, "2026-11-23T08:40")
            .counted(Channel.IN_APP, Purpose.ACTIVITY, "2026-11-23T09:00")
            .counted(Channel.PUSH, Purpose.ACTIVITY, "2026-11-23T09:30");
    assertThat(reason(new CapGate(), three)).isEqualTo(WithheldReason.CAP_EXCEEDED);
    // At night the message would leave tomorrow, and takes a place of tomorrow.
    assertThat(reason(new CapGate(), three.now("2026-11-23T22:00"))).isNull();
  }

  @Test
  void other_channels_and_service_take_no_place() {
    assertThat(
            reason(
                new CapGate(),
                about()
                    .counted(Channel.EMAIL, Purpose.ACTIVITY, "2026-11-23T09:59")
                    .counted(Channel.SMS, Purpose.SERVICE, "2026-11-23T09:59")))
        .isNull();
    assertThat(
            reason(
                new CapGate(),
                about()
                    .template(Channel.SMS, Purpose.SERVICE)
                    .counted(Channel.SMS, Purpose.ACTIVITY, "2026-11-23T09:59")))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "SMS, PRODUCT_MARKETING, 2026-11-23T08:59, 2026-11-23T09:00",
    "SMS, PRODUCT_MARKETING, 2026-11-23T09:00, ",
    "SMS, PRODUCT_MARKETING, 2026-11-23T19:59, ",
    "SMS, PRODUCT_MARKETING, 2026-11-23T20:00, 2026-11-24T09:00",
    "SMS, EDUCATION, 2026-12-31T23:59, 2027-01-01T09:00",
    "SMS, SERVICE, 2026-11-23T03:00, ",
    "IN_APP, ACTIVITY, 2026-11-23T08:29, 2026-11-23T08:30",
    "IN_APP, ACTIVITY, 2026-11-23T21:30, 2026-11-24T08:30",
    "EMAIL, PRODUCT_MARKETING, 2026-11-23T03:00, "
  })
  void at_night_messages_wait_for_the_morning(
      Channel channel, Purpose purpose, String now, @Nullable String opens) {
    GateAnswer answer =
        new QuietHoursGate().ask(about().template(channel, purpose).now(now).question());
    assertThat(answer.until()).isEqualTo(opens == null ? null : Asked.at(opens));
    assertThat(answer.reason()).isEqualTo(opens == null ? null : WithheldReason.QUIET_HOURS);
  }

  @Test
  void that_a_service_alert_was_exempt_is_seen_in_the_verdict() {
    assertThat(
            new QuietHoursGate()
                .ask(
                    about()
                        .template(Channel.SMS, Purpose.SERVICE)
                        .now("2026-11-23T03:00")
                        .question())
                .inputs())
        .containsEntry("state", "exempt");
  }

  @Test
  void a_message_about_a_product_has_one_that_is_sold() {
    Gate gate = new ProductGate();
    assertThat(reason(gate, about())).isNull();
    assertThat(reason(gate, about().product(null))).isEqualTo(WithheldReason.PRODUCT_UNKNOWN);
    assertThat(reason(gate, about().needsNoProduct().productNotFound("none")))
        .isEqualTo(WithheldReason.PRODUCT_UNKNOWN);
    assertThat(reason(gate, about().needsNoProduct().product(null))).isNull();
    assertThat(reason(gate, about().product(Asked.fund("equity_fund", ProductRisk.R3, "closed"))))
        .isEqualTo(WithheldReason.PRODUCT_CLOSED);
    assertThat(
            reason(
                gate,
                about()
                    .template(Channel.SMS, Purpose.SERVICE)
                    .product(Asked.fund("equity_fund", ProductRisk.R3, "closed"))))
        .isNull();
  }

  @Test
  void margin_marketing_always_names_its_service() {
    assertThat(
            reason(
                new ProductGate(),
                about()
                    .template(Channel.SMS, Purpose.MARGIN_MARKETING)
                    .needsNoProduct()
                    .product(null)))
        .isEqualTo(WithheldReason.PRODUCT_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCT_MARKETING, missing, assessment_missing",
    "MARGIN_MARKETING, missing, assessment_missing",
    "ACTIVITY, missing, passes",
    "SERVICE, missing, passes",
    "EDUCATION, missing, passes",
    "PRODUCT_MARKETING, 2026-11-23, assessment_expired",
    "PRODUCT_MARKETING, 2026-11-24, passes"
  })
  void products_are_promoted_only_while_the_assessment_is_valid(
      Purpose purpose, String expires, String expected) {
    Asked asked =
        about()
            .template(Channel.SMS, purpose)
            .assessment(
                expires.equals("missing")
                    ? null
                    : Asked.assessed(RiskTolerance.C3, false, expires));
    assertThat(word(new AssessmentGate(new Suitability(ShippedSuitability.policies())), asked))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCT_MARKETING, minimum_class",
    "MARGIN_MARKETING, minimum_class",
    "EDUCATION, passes",
    "SERVICE, passes"
  })
  void the_minimum_class_gets_no_product_marketing(Purpose purpose, String expected) {
    assertThat(
            word(
                new MinimumClassGate(),
                about()
                    .template(Channel.SMS, purpose)
                    .assessment(Asked.assessed(RiskTolerance.C1, true, "2027-11-23"))))
        .isEqualTo(expected);
  }

  @Test
  void only_approved_content_of_the_right_kind_leaves() {
    Gate gate = new ContentGate();
    assertThat(reason(gate, about())).isNull();
    assertThat(reason(gate, about().notApproved())).isEqualTo(WithheldReason.CONTENT_NOT_APPROVED);
    assertThat(reason(gate, about().productClass("M")))
        .isEqualTo(WithheldReason.CONTENT_NOT_APPROVED);
    assertThat(
            reason(
                gate,
                about().productClass("M").product(Asked.fund("margin", ProductRisk.R4, "on_sale"))))
        .isNull();
    assertThat(reason(gate, about().productClass("none"))).isNull();
  }

  @Test
  void a_stopped_channel_and_a_missing_address_are_said_at_once() {
    assertThat(reason(new ChannelGate(), about().onStoppedChannel()))
        .isEqualTo(WithheldReason.CHANNEL_STOPPED);
    assertThat(reason(new ChannelGate(), about())).isNull();
    assertThat(reason(new AddressGate(), about().withoutAddress()))
        .isEqualTo(WithheldReason.ADDRESS_MISSING);
    assertThat(reason(new AddressGate(), about())).isNull();
  }

  @Test
  void inputs_of_a_verdict_hold_no_birth_date() {
    assertThat(new CapacityGate().ask(about().question()).inputs()).containsOnlyKeys("adult");
  }

  @Test
  void what_was_recalled_is_withheld_and_everything_else_passes() {
    Gate gate = new RecallGate();

    assertThat(reason(gate, about().recalled(RecallKind.TEMPLATE, "fund-offer")))
        .isEqualTo(WithheldReason.RECALLED);
    assertThat(reason(gate, about().recalled(RecallKind.PRODUCT, "F001")))
        .isEqualTo(WithheldReason.RECALLED);
    assertThat(reason(gate, about().recalled(RecallKind.JOURNEY, "journey")))
        .isEqualTo(WithheldReason.RECALLED);
    assertThat(reason(gate, about().recalled(RecallKind.CHANNEL, "sms")))
        .isEqualTo(WithheldReason.RECALLED);
    assertThat(reason(gate, about().recalled(RecallKind.CHANNEL, "email"))).isNull();
    assertThat(reason(gate, about().recalled(RecallKind.TEMPLATE, "journey"))).isNull();
    assertThat(reason(gate, about())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // A customer in Urumqi's own zone is two hours behind Shanghai, one in New York sleeps.
    "Asia/Shanghai, 2026-11-23T10:00:00, passes",
    "Asia/Urumqi, 2026-11-23T10:00:00, 2026-11-23T03:00:00Z",
    "America/New_York, 2026-11-23T10:00:00, 2026-11-23T14:00:00Z",
    "Mars/Olympus, 2026-11-23T10:00:00, passes"
  })
  void night_is_where_the_customer_lives(String zone, String now, String until) {
    GateAnswer answer =
        new QuietHoursGate()
            .ask(about().template(Channel.SMS, Purpose.ACTIVITY).livesIn(zone).now(now).question());
    assertThat(answer.until() == null ? "passes" : answer.until().toString()).isEqualTo(until);
  }

  @Test
  void calls_wait_for_the_first_working_day_after_a_holiday() {
    Asked call =
        about()
            .template(Channel.PHONE, Purpose.ACTIVITY)
            .now("2026-10-01T10:00:00")
            .holidays("2026-10-01", "2026-10-02", "2026-10-03");
    GateAnswer answer = new QuietHoursGate().ask(call.question());
    assertThat(answer.until()).isEqualTo(Asked.at("2026-10-04T09:00:00"));
    Asked text =
        about()
            .now("2026-10-01T10:00:00")
            .holidays("2026-10-01")
            .template(Channel.SMS, Purpose.ACTIVITY);
    assertThat(new QuietHoursGate().ask(text.question()).until()).isNull();
  }

  @Test
  void a_call_on_a_day_whose_calendar_is_not_published_is_asked_about_again_tomorrow() {
    Asked call = about().template(Channel.PHONE, Purpose.ACTIVITY).now("2027-03-01T10:00:00");
    assertThat(new QuietHoursGate().ask(call.question()).until())
        .isEqualTo(Asked.at("2027-03-02T09:00:00"));
  }

  @Test
  void a_clearly_more_important_message_takes_the_place_of_the_least_important_that_waits() {
    UUID low = UUID.randomUUID();
    UUID middle = UUID.randomUUID();
    // marketing_email_1d allows two.
    Asked two =
        about()
            .template(Channel.EMAIL, Purpose.ACTIVITY)
            .waiting(middle, Channel.EMAIL, Purpose.ACTIVITY, "2026-11-23T09:30:00", 50)
            .waiting(low, Channel.EMAIL, Purpose.ACTIVITY, "2026-11-23T09:00:00", 40);
    assertThat(new CapGate().ask(two.priority(70).question()).displaced()).containsExactly(low);
    assertThat(reason(new CapGate(), two.priority(59))).isEqualTo(WithheldReason.CAP_EXCEEDED);
    assertThat(new CapGate().ask(two.priority(60).question()).displaced()).containsExactly(low);
  }

  @Test
  void what_was_sent_never_gives_its_place_away() {
    Asked sent =
        about()
            .template(Channel.SMS, Purpose.ACTIVITY)
            .counted(Channel.SMS, Purpose.ACTIVITY, "2026-11-23T09:00:00")
            .priority(100);
    assertThat(reason(new CapGate(), sent)).isEqualTo(WithheldReason.CAP_EXCEEDED);
  }

  @Test
  void one_that_gives_way_under_two_caps_gives_way_once() {
    UUID waiting = UUID.randomUUID();
    // marketing_sms_1d allows one, marketing_sms_7d three.
    Asked full =
        about()
            .template(Channel.SMS, Purpose.ACTIVITY)
            .counted(Channel.SMS, Purpose.ACTIVITY, "2026-11-20T09:00:00")
            .counted(Channel.SMS, Purpose.ACTIVITY, "2026-11-21T09:00:00")
            .waiting(waiting, Channel.SMS, Purpose.ACTIVITY, "2026-11-23T10:30:00", 10)
            .priority(90);
    assertThat(new CapGate().ask(full.question()).displaced()).containsExactly(waiting);
  }

  @ParameterizedTest
  @CsvSource({
    // Looks at eight in the evening: waits for it, but not when it is that hour already.
    "20, 12, 2026-11-23T10:00:00, 2026-11-23T20:00",
    "20, 12, 2026-11-23T20:30:00, passes",
    "20, 12, 2026-11-23T21:10:00, 2026-11-24T20:00",
    // Too little is known, or not for this channel.
    "20, 9, 2026-11-23T10:00:00, passes"
  })
  void marketing_mail_waits_for_the_hour_at_which_its_customer_looks(
      int hour, int times, String now, String until) {
    GateAnswer answer =
        new SendTimeGate()
            .ask(
                about()
                    .template(Channel.EMAIL, Purpose.ACTIVITY)
                    .looked(hour, times)
                    .now(now)
                    .question());
    assertThat(answer.until()).isEqualTo(until.equals("passes") ? null : Asked.at(until + ":00"));
    if (answer.until() != null) {
      assertThat(answer.inputs()).containsEntry("hour", "20").containsEntry("seen", "12");
    }
  }

  @Test
  void a_text_message_does_not_wait_for_an_hour() {
    assertThat(
            new SendTimeGate()
                .ask(
                    about()
                        .template(Channel.SMS, Purpose.ACTIVITY)
                        .looked(20, 30)
                        .now("2026-11-23T10:00:00")
                        .question())
                .until())
        .isNull();
  }

  private static @Nullable WithheldReason reason(Gate gate, Asked asked) {
    return gate.ask(asked.question()).reason();
  }

  private static String word(Gate gate, Asked asked) {
    WithheldReason reason = reason(gate, asked);
    return reason == null ? "passes" : reason.code();
  }

  @Test
  void a_version_that_a_later_rule_hits_is_withheld_with_a_reason_of_its_own() {
    assertThat(word(new ContentGate(), about())).isEqualTo("passes");
    assertThat(word(new ContentGate(), about().pausedBy("G01"))).isEqualTo("content_paused");
  }
}
