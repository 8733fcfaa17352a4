package io.waymark.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice("io.waymark.customer")
class RiskAssessmentsTest {

  @Autowired Customers customers;
  @Autowired RiskAssessments assessments;
  @Autowired EvidenceLog evidence;
  @Autowired Branches branches;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

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
  void an_assessment_is_read_as_it_was_recorded() {
    RiskAssessment assessment =
        new RiskAssessment(
            RiskTolerance.C3,
            false,
            now,
            now.plus(Duration.ofDays(365)),
            "medium",
            Set.of("equity_fund", "bond_fund"),
            "growth");
    record(assessment);
    assertThat(assessments.current(List.of(id))).isEqualTo(Map.of(id, assessment));
  }

  @Test
  void what_was_never_asked_stays_unknown() {
    RiskAssessment bare =
        new RiskAssessment(
            RiskTolerance.C1, true, now, now.plusSeconds(60), null, Set.of(), "preservation");
    record(bare);
    assertThat(assessments.current(List.of(id))).isEqualTo(Map.of(id, bare));
  }

  @Test
  void the_latest_assessment_counts_and_all_are_kept() {
    record(level(RiskTolerance.C4, now.minusSeconds(10)));
    record(level(RiskTolerance.C2, now));
    record(level(RiskTolerance.C5, now.minusSeconds(20)));
    assertThat(current()).isEqualTo(RiskTolerance.C2);
    assertThat(history()).containsExactlyInAnyOrder("C4", "C2", "C5");
  }

  @Test
  void a_correction_at_the_same_time_replaces_the_current_one() {
    record(level(RiskTolerance.C4, now));
    record(level(RiskTolerance.C3, now));
    assertThat(current()).isEqualTo(RiskTolerance.C3);
  }

  @Test
  void an_assessment_sent_again_is_a_duplicate_without_a_second_proof() {
    RiskAssessment assessment = level(RiskTolerance.C3, now.minusNanos(1));
    assertThat(record(assessment)).isEqualTo(new BatchReport(1, 0, List.of()));
    assertThat(record(assessment)).isEqualTo(new BatchReport(0, 1, List.of()));
    assertThat(evidence.ofCustomer(id))
        .extracting(EvidenceRow::kind, row -> row.facts().get("level"))
        .containsExactly(tuple(EvidenceKind.ASSESSMENT_RECORDED, "C3"));
  }

  @Test
  void history_cannot_be_rewritten() {
    record(level(RiskTolerance.C3, now));
    assertThatThrownBy(
            () ->
                jdbc.sql("update assessment_change set level = 'C5' where customer_id = ?")
                    .param(id)
                    .update())
        .hasMessageContaining("assessment_change");
  }

  @Test
  void each_bad_row_is_named_and_the_good_ones_are_kept() {
    Instant end = now.plus(Duration.ofDays(1));
    BatchReport report =
        assessments.record(
            List.of(
                new AssessmentRow("nobody", level(RiskTolerance.C3, now)),
                new AssessmentRow("", level(RiskTolerance.C3, now)),
                row(RiskTolerance.C2, true, now, end, "short", "growth", "bond_fund"),
                row(RiskTolerance.C3, false, now.plusSeconds(301), end, null, "growth", "qdii"),
                row(RiskTolerance.C3, false, now, now, null, "growth", "qdii"),
                row(RiskTolerance.C3, false, now, end, "forever", "growth", "qdii"),
                row(RiskTolerance.C3, false, now, end, null, "riches", "qdii"),
                row(RiskTolerance.C3, false, now, end, null, "growth", "a,b"),
                row(RiskTolerance.C3, false, now, end, null, "growth", "qdii")),
            "tester");
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            tuple(1, "customer", "unknown_customer"),
            tuple(2, "customer", "blank"),
            tuple(3, "minimumClass", "impossible"),
            tuple(4, "assessedAt", "future"),
            tuple(5, "expiresAt", "impossible"),
            tuple(6, "maxTerm", "unknown_word"),
            tuple(7, "objective", "unknown_word"),
            tuple(8, "productTypes", "malformed"));
  }

  private AssessmentRow row(
      RiskTolerance level,
      boolean minimumClass,
      Instant from,
      Instant until,
      @Nullable String maxTerm,
      String objective,
      String type) {
    return new AssessmentRow(
        ref,
        new RiskAssessment(level, minimumClass, from, until, maxTerm, Set.of(type), objective));
  }

  private static RiskAssessment level(RiskTolerance level, Instant at) {
    return new RiskAssessment(
        level, false, at, at.plus(Duration.ofDays(365)), "long", Set.of("bond_fund"), "growth");
  }

  private BatchReport record(RiskAssessment assessment) {
    return assessments.record(List.of(new AssessmentRow(ref, assessment)), "tester");
  }

  private RiskTolerance current() {
    return assessments.current(List.of(id)).get(id).level();
  }

  private List<String> history() {
    return jdbc.sql("select level from assessment_change where customer_id = ?")
        .param(id)
        .query(String.class)
        .list();
  }
}
