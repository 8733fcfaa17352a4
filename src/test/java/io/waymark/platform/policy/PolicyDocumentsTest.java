package io.waymark.platform.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.suitability.SuitabilityPolicy;
import io.waymark.suitability.SuitabilityPolicyKind;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Versions, four eyes, and which version applies when; shown on the suitability policy. */
@DatabaseSlice({"io.waymark.customer", "io.waymark.product", "io.waymark.suitability"})
class PolicyDocumentsTest {

  /** Far from the time of every other test: policies are shared by all of them. */
  private static final Instant FAR = Instant.parse("2092-01-01T02:00:00Z");

  @Autowired PolicyDocuments documents;
  @Autowired SuitabilityPolicyKind kind;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void people() {
    branches.saveAll(List.of(new Branch("PD01", "策略测试营业部")));
    for (String officer : List.of("pd.officer", "pd.second")) {
      staff.save(new StaffMember(officer, "合规", Role.COMPLIANCE, "PD01", true, true), null);
    }
    staff.save(new StaffMember("pd.market", "营销", Role.MARKETER, "PD01", true, true), null);
  }

  @Test
  void the_shipped_version_applies_without_approval_and_before_its_day_as_well() {
    assertThat(documents.active(kind, clock.instant()).version()).isEqualTo("2026-11-22");
    assertThat(documents.active(kind, Instant.EPOCH).version()).isEqualTo("2026-11-22");
    assertThat(documents.find("suitability", "2026-11-22").orElseThrow().shipped()).isTrue();
  }

  @Test
  void an_approved_version_applies_from_its_moment_and_is_proved() {
    PolicyDocument proposal = propose("pd-in-force", "365", FAR);

    assertThat(days(FAR)).isEqualTo(730);
    HeldReviews.approve(documents, proposal, "pd.second");

    assertThat(days(FAR)).isEqualTo(365);
    assertThat(days(FAR.minusMillis(1))).isEqualTo(730);
    assertThat(
            jdbc.sql(
                    "select kind || ' ' || actor from evidence where subject = 'policy:suitability:pd-in-force' order by id")
                .query(String.class)
                .list())
        .containsExactly("policy_proposed pd.officer", "policy_approved pd.second");
  }

  @Test
  void approval_never_changes_what_applied_before_it() {
    clock.set(FAR.plus(Duration.ofDays(100)));
    PolicyDocument proposal = propose("pd-late", "100", FAR.plus(Duration.ofDays(10)));
    HeldReviews.approve(documents, proposal, "pd.second");

    assertThat(days(FAR.plus(Duration.ofDays(99)))).isNotEqualTo(100);
    assertThat(days(FAR.plus(Duration.ofDays(100)))).isEqualTo(100);
  }

  @Test
  void other_nodes_take_a_version_over_by_looking() {
    PolicyDocument proposal = propose("pd-node", "50", FAR.plus(Duration.ofDays(5000)));
    HeldReviews.held(documents, proposal, "pd.second");
    jdbc.sql(
            "update policy_document set approved_by = 'pd.second', approved_at = created_at where version = ?")
        .param(proposal.version())
        .update();
    Instant then = FAR.plus(Duration.ofDays(5000));

    assertThat(days(then)).isNotEqualTo(50);
    documents.refresh();
    assertThat(days(then)).isEqualTo(50);
  }

  @Test
  void nobody_approves_his_own_policy_whatever_the_door() {
    PolicyDocument proposal = propose("pd-own", "200", FAR);

    assertRefused(() -> documents.approve("suitability", "pd-own", proposal.hash(), "pd.officer"));
    assertRefused(() -> documents.approve("suitability", "pd-own", proposal.hash(), "PD.OFFICER"));
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update policy_document set approved_by = 'PD.Officer', approved_at = created_at where version = 'pd-own'")
                    .update())
        .hasMessageContaining("policy_four_eyes");
  }

  @Test
  void a_policy_comes_into_force_by_a_held_review_of_its_content_alone() {
    PolicyDocument proposal = propose("pd-review", "200", FAR);
    PolicyDocument other = propose("pd-review-other", "201", FAR);
    HeldReviews.held(documents, other, "pd.second");
    HeldReviews.held(documents, proposal, "pd.third");

    assertNoReview(
        () -> documents.approve("suitability", "pd-review", proposal.hash(), "pd.second"));
    assertNoReview(
        () ->
            jdbc.sql(
                    "update policy_document set approved_by = 'pd.second', approved_at = created_at where version = 'pd-review'")
                .update());
    assertNoReview(
        () ->
            jdbc.sql(
                    """
                    insert into policy_document
                      (kind, version, hash, source, effective_from, author, created_at,
                       approved_by, approved_at)
                    select kind, 'pd-born', hash, source, effective_from, author, created_at,
                           'pd.second', created_at
                      from policy_document where version = 'pd-review'
                    """)
                .update());
    assertThat(documents.find("suitability", "pd-review").orElseThrow().isProposal()).isTrue();
    assertThat(documents.find("suitability", "pd-born")).isEmpty();
  }

  private static void assertNoReview(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("no approved review");
  }

  @Test
  void only_a_compliance_officer_approves_and_only_what_was_read() {
    PolicyDocument proposal = propose("pd-role", "200", FAR);
    HeldReviews.held(documents, proposal, "pd.market");
    HeldReviews.held(documents, proposal, "nobody");
    HeldReviews.held(documents, proposal, "pd.second");

    assertRefused(() -> documents.approve("suitability", "pd-role", proposal.hash(), "pd.market"));
    assertRefused(() -> documents.approve("suitability", "pd-role", proposal.hash(), "nobody"));
    assertRefused(() -> documents.approve("suitability", "pd-role", "0".repeat(64), "pd.second"));
    assertThat(documents.find("suitability", "pd-role").orElseThrow().isProposal()).isTrue();
  }

  @Test
  void a_rejected_version_stays_rejected_with_its_reason() {
    PolicyDocument proposal = propose("pd-rejected", "200", FAR);
    HeldReviews.held(documents, proposal, "pd.second");

    assertRefused(() -> documents.reject("suitability", "pd-rejected", " ", "pd.second"));
    assertRefused(() -> documents.reject("suitability", "pd-rejected", "不同意", "pd.market"));
    assertThat(
            documents.reject("suitability", "pd-rejected", "天数过长", "pd.second").rejectedBecause())
        .isEqualTo("天数过长");
    assertRefused(
        () -> documents.approve("suitability", "pd-rejected", proposal.hash(), "pd.second"));
  }

  @Test
  void a_version_is_used_once_and_never_changed_or_removed() {
    propose("pd-once", "200", FAR);

    assertRefused(() -> propose("pd-once", "201", FAR));
    assertRefused(() -> propose("2026-11-22", "201", FAR));
    assertRefused(() -> propose("不合规的版本号", "201", FAR));
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update policy_document set effective_from = now() where version = 'pd-once'")
                    .update())
        .hasMessageContaining("policy_document_stays");
    assertThatThrownBy(
            () -> jdbc.sql("delete from policy_document where version = 'pd-once'").update())
        .hasMessageContaining("policy_document_stays");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        """
                        insert into policy_document
                          (kind, version, hash, source, effective_from, author, created_at)
                        values ('suitability', 'pd-forged', repeat('0', 64), 'x', now(), 'a', now())
                        """)
                    .update())
        .hasMessageContaining("policy_content_is_hashed");
  }

  @Test
  void what_the_kind_refuses_is_not_stored() {
    assertThatExceptionOfType(PolicyRefusedException.class)
        .isThrownBy(() -> propose("pd-bad", "9999", FAR))
        .withMessageContaining("须在 1 至 730 之间");
    assertThat(documents.find("suitability", "pd-bad")).isEmpty();
    assertRefused(
        () -> documents.propose(new PolicyDraft("unheard-of", "v1", FAR, "x"), "pd.officer"));
  }

  private PolicyDocument propose(String version, String days, Instant from) {
    String source =
        kind.shipped().source().replace("<text>\"730\"</text>", "<text>\"" + days + "\"</text>");
    return documents.propose(new PolicyDraft("suitability", version, from, source), "pd.officer");
  }

  private int days(Instant at) {
    SuitabilityPolicy policy = documents.active(kind, at).value();
    return policy.assessmentMaxDays().value();
  }

  private static void assertRefused(Runnable act) {
    assertThatExceptionOfType(PolicyRefusedException.class).isThrownBy(act::run);
  }
}
