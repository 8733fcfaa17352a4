package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice({"io.waymark.content", "io.waymark.compliance"})
class RulePacksTest {

  /** Far from the time of every other test: packs are shared by all of them. */
  private static final Instant FAR = Instant.parse("2091-01-01T02:00:00Z");

  @Autowired RulePacks packs;
  @Autowired ContentScanner scanner;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @Test
  void the_shipped_pack_is_in_force_and_names_itself_in_every_report() {
    assertThat(packs.active(clock.instant()).version()).isEqualTo("rule-pack-2026-11");
    assertThat(scanner.scan("保本").packVersion()).isEqualTo("rule-pack-2026-11");
    assertThat(scanner.scan("保本").blocks()).isTrue();
  }

  @Test
  void before_the_first_pack_the_earliest_applies() {
    assertThat(packs.active(Instant.EPOCH).version()).isEqualTo("rule-pack-2026-11");
  }

  @Test
  void a_rule_applies_from_its_own_day_on() {
    Instant before = Instant.parse("2026-09-29T15:59:59Z");
    Instant after = Instant.parse("2026-09-29T16:00:00Z");

    assertThat(scanner.scan("零门槛参与", before).findings()).isEmpty();
    assertThat(scanner.scan("零门槛参与", after).findings())
        .extracting(Finding::ruleId)
        .containsExactly("N03");
  }

  @Test
  void an_approved_pack_applies_from_its_first_day() {
    RulePackProposal proposal = packs.propose(pack("pack-in-force", "2091-01-01", "新禁语"), "chen");

    assertThat(scanner.scan("新禁语", FAR).findings()).isEmpty();

    HeldReviews.approve(packs, proposal, "officer");

    assertThat(packs.active(FAR).version()).isEqualTo("pack-in-force");
    assertThat(scanner.scan("新禁语", FAR).findings())
        .extracting(Finding::ruleId)
        .containsExactly("Z01");
    assertThat(scanner.scan("新禁语").findings()).isEmpty();
    assertThat(
            jdbc.sql("select actor from evidence where subject = 'rule-pack:pack-in-force'")
                .query(String.class)
                .list())
        .containsExactly("officer");
  }

  @Test
  void nobody_approves_his_own_pack_whatever_the_door() {
    RulePackProposal proposal = packs.propose(pack("pack-own", "2090-01-01", "新禁语"), "chen");

    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(() -> packs.approve("pack-own", proposal.hash(), "Chen"))
        .withMessageContaining("不能审核自己");
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(() -> packs.approve("pack-own", "0".repeat(64), "officer"));
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update rule_pack set approved_by = 'CHEN', approved_at = created_at where version = 'pack-own'")
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("rule_pack_four_eyes");
  }

  @Test
  void a_pack_comes_into_force_by_a_held_review_of_its_content_alone() {
    RulePackProposal pack = packs.propose(pack("pack-review", "2090-02-01", "新禁语"), "chen");
    RulePackProposal other = packs.propose(pack("pack-other", "2090-02-01", "新禁语"), "chen");
    HeldReviews.held(packs, other, "officer");
    HeldReviews.held(packs, pack, "another");

    assertNoReview(() -> packs.approve("pack-review", pack.hash(), "officer"));
    assertNoReview(
        () ->
            jdbc.sql(
                    "update rule_pack set approved_by = 'officer', approved_at = created_at where version = 'pack-review'")
                .update());
    assertNoReview(
        () ->
            jdbc.sql(
                    """
                    insert into rule_pack (version, hash, source, effective_from, author, created_at,
                                           approved_by, approved_at)
                    select 'pack-born', hash, source, effective_from, author, created_at,
                           'officer', created_at
                      from rule_pack where version = 'pack-review'
                    """)
                .update());
    assertThat(packs.proposal("pack-review").orElseThrow().approvedBy()).isNull();
    assertThat(packs.proposal("pack-born")).isEmpty();
  }

  private static void assertNoReview(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("no approved review");
  }

  @Test
  void a_version_is_used_once() {
    packs.propose(pack("pack-once", "2090-01-01", "新禁语"), "chen");

    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(() -> packs.propose(pack("pack-once", "2090-01-01", "别的"), "li"))
        .withMessageContaining("已存在");
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(() -> packs.propose(pack("rule-pack-2026-11", "2090-01-01", "别的"), "li"))
        .withMessageContaining("已存在");
  }

  @Test
  void a_pack_that_could_not_be_applied_is_refused_with_its_rule() {
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(() -> packs.propose(pack("pack-x", "2090-01-01", "繁體"), "chen"))
        .withMessageContaining("Z01")
        .withMessageContaining("永远不会命中");
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(
            () ->
                packs.propose(
                    pack("pack-x", "2090-01-01", "甲") + "    patterns: [{match: '.*'}]\n", "chen"))
        .withMessageContaining("固定字词");
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(
            () ->
                packs.propose(
                    pack("pack-x", "2090-01-01", "甲") + "    patterns: [{match: '甲(?=乙)'}]\n",
                    "chen"))
        .withMessageContaining("RE2");
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(
            () ->
                packs.propose(pack("pack-x", "2090-01-01", "甲").replace("[LAW]", "[NONE]"), "chen"))
        .withMessageContaining("NONE");
  }

  private static String pack(String version, String day, String phrase) {
    return """
        version: %s
        title: 测试规则库
        effectiveFrom: %s
        sources:
          LAW: {title: 测试依据, mark: unverified}
        normalisation:
          traditional: 體体
          separators: ' '
        rules:
          - id: Z01
            category: 测试
            level: block
            basis: [LAW]
            alternative: 删除
            phrases: [%s]
        """
        .formatted(version, day, phrase);
  }
}
