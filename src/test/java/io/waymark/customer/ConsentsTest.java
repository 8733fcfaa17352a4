package io.waymark.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.RowProblem;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice("io.waymark.customer")
class ConsentsTest {

  @Autowired Customers customers;
  @Autowired Consents consents;
  @Autowired EvidenceLog evidence;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired StatementCounter statements;

  String ref = "";
  long id;
  Instant now = Instant.EPOCH;

  @BeforeEach
  void customer() {
    People.open(branches);
    ref = People.ref();
    customers.importAll(List.of(People.somebody(ref, Map.of())), "tester");
    id = customers.idsOf(List.of(ref)).get(ref);
    now = clock.instant();
  }

  @Test
  void a_customer_who_said_nothing_is_unknown() {
    assertThat(state(now)).isEqualTo(ConsentState.UNKNOWN);
  }

  @Test
  void a_grant_counts_for_its_purpose_and_channel_alone() {
    consents.record(List.of(granted(now.minusSeconds(10), null)), "tester");
    assertThat(state(now)).isEqualTo(ConsentState.GRANTED);
    ConsentMatrix matrix = matrix();
    assertThat(matrix.state(Purpose.PRODUCT_MARKETING, Channel.EMAIL, now))
        .isEqualTo(ConsentState.UNKNOWN);
    assertThat(matrix.state(Purpose.ACTIVITY, Channel.SMS, now)).isEqualTo(ConsentState.UNKNOWN);
  }

  @Test
  void a_withdrawal_counts_at_once() {
    consents.record(List.of(granted(now.minusSeconds(10), null)), "tester");
    consents.record(List.of(refused(now)), "tester");
    assertThat(state(now)).isEqualTo(ConsentState.REFUSED);
  }

  @Test
  void an_older_word_arriving_late_does_not_overrule_a_newer_one() {
    consents.record(List.of(refused(now.minusSeconds(10))), "tester");
    consents.record(List.of(granted(now.minusSeconds(20), null)), "tester");
    assertThat(state(now)).isEqualTo(ConsentState.REFUSED);
    assertThat(history()).hasSize(2);
  }

  @Test
  void of_two_words_at_the_same_time_the_refusal_wins_in_either_order() {
    consents.record(List.of(refused(now), granted(now, null)), "tester");
    assertThat(state(now)).isEqualTo(ConsentState.REFUSED);
    consents.record(List.of(change(ConsentState.GRANTED, now, null, "counter")), "tester");
    assertThat(state(now)).isEqualTo(ConsentState.REFUSED);
    Instant later = now.plusSeconds(1);
    consents.record(List.of(granted(later, null), refused(later)), "tester");
    assertThat(state(later)).isEqualTo(ConsentState.REFUSED);
  }

  @Test
  void the_latest_word_of_a_batch_counts_whatever_its_place() {
    consents.record(List.of(granted(now, null), refused(now.minusSeconds(5))), "tester");
    assertThat(state(now)).isEqualTo(ConsentState.GRANTED);
  }

  @Test
  void a_grant_that_ran_out_is_no_word_at_all() {
    Instant end = now.plus(Duration.ofDays(1));
    consents.record(List.of(granted(now, end)), "tester");
    assertThat(state(end.minusMillis(1))).isEqualTo(ConsentState.GRANTED);
    assertThat(state(end)).isEqualTo(ConsentState.UNKNOWN);
  }

  @Test
  void a_word_sent_again_is_a_duplicate_and_leaves_no_second_proof() {
    ConsentChange change = granted(now.minusNanos(1), null);
    assertThat(consents.record(List.of(change), "tester"))
        .isEqualTo(new BatchReport(1, 0, List.of()));
    assertThat(consents.record(List.of(change, change), "tester"))
        .isEqualTo(new BatchReport(0, 2, List.of()));
    assertThat(history()).hasSize(1);
    assertThat(evidence.ofCustomer(id)).hasSize(1);
  }

  @Test
  void every_change_leaves_a_proof_that_names_who_and_what() {
    consents.record(List.of(granted(now, null), refused(now.plusSeconds(1))), "api:app");
    assertThat(evidence.ofCustomer(id))
        .extracting(EvidenceRow::kind, EvidenceRow::actor, row -> row.facts().get("state"))
        .containsExactly(
            tuple(EvidenceKind.CONSENT_CHANGED, "api:app", "GRANTED"),
            tuple(EvidenceKind.CONSENT_CHANGED, "api:app", "REFUSED"));
    assertThat(evidence.ofCustomer(id).get(0).facts())
        .containsEntry("purpose", "product_marketing")
        .containsEntry("channel", "sms")
        .containsEntry("textVersion", "v1");
  }

  @Test
  void history_cannot_be_rewritten() {
    consents.record(List.of(granted(now, null)), "tester");
    assertThatThrownBy(
            () ->
                jdbc.sql("update consent_change set state = 'REFUSED' where customer_id = ?")
                    .param(id)
                    .update())
        .hasMessageContaining("consent_change");
    assertThatThrownBy(
            () -> jdbc.sql("delete from consent_change where customer_id = ?").param(id).update())
        .hasMessageContaining("consent_change");
  }

  @Test
  void each_bad_row_is_named_and_the_good_ones_are_kept() {
    BatchReport report =
        consents.record(
            List.of(
                named("nobody", now, "app", "v1"),
                named("", now, "app", "v1"),
                change(ConsentState.UNKNOWN, now, null, "app"),
                named(ref, now, "", "v1"),
                named(ref, now, "app", ""),
                named(ref, now.plus(Duration.ofMinutes(6)), "app", "v1"),
                granted(now, now),
                named(ref, now, "app", "v1")),
            "tester");
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            tuple(1, "customer", "unknown_customer"),
            tuple(2, "customer", "blank"),
            tuple(3, "state", "unknown_word"),
            tuple(4, "source", "blank"),
            tuple(5, "textVersion", "blank"),
            tuple(6, "at", "future"),
            tuple(7, "expires", "impossible"));
  }

  @Test
  void a_refusal_needs_no_text() {
    ConsentChange refusal =
        new ConsentChange(
            ref,
            Purpose.PRODUCT_MARKETING,
            Channel.SMS,
            ConsentState.REFUSED,
            "sms_reply",
            "",
            now,
            null,
            null);
    assertThat(consents.record(List.of(refusal), "tester").accepted()).isEqualTo(1);
  }

  @Test
  void a_thousand_changes_take_four_statements() {
    List<ConsentChange> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(granted(now.minusSeconds(i), null));
    }
    assertThat(statements.during(() -> consents.record(many, "tester"))).hasSize(4);
    assertThat(history()).hasSize(1000);
  }

  private ConsentChange granted(Instant at, @Nullable Instant expires) {
    return change(ConsentState.GRANTED, at, expires, "app");
  }

  private ConsentChange refused(Instant at) {
    return change(ConsentState.REFUSED, at, null, "app");
  }

  private ConsentChange change(
      ConsentState state, Instant at, @Nullable Instant expires, String source) {
    return new ConsentChange(
        ref, Purpose.PRODUCT_MARKETING, Channel.SMS, state, source, "v1", at, expires, null);
  }

  private static ConsentChange named(
      String customer, Instant at, String source, String textVersion) {
    return new ConsentChange(
        customer,
        Purpose.PRODUCT_MARKETING,
        Channel.SMS,
        ConsentState.GRANTED,
        source,
        textVersion,
        at,
        null,
        null);
  }

  private ConsentMatrix matrix() {
    return consents.of(List.of(id)).get(id);
  }

  private ConsentState state(Instant at) {
    return matrix().state(Purpose.PRODUCT_MARKETING, Channel.SMS, at);
  }

  private List<Long> history() {
    return jdbc.sql("select id from consent_change where customer_id = ?")
        .param(id)
        .query(Long.class)
        .list();
  }
}
