package io.waymark.compliance.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.compliance.ContentRule;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.PackDiff;
import io.waymark.compliance.PackScanner;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.RulePackException;
import io.waymark.compliance.RulePackProposal;
import io.waymark.compliance.RulePacks;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** In years no other test lives in: packs are shared by all of them. */
@DatabaseSlice({"io.waymark.content", "io.waymark.compliance"})
class PackWatchTest {

  private static final String BASE = "rule-pack-2026-11";

  @Autowired RulePacks packs;
  @Autowired PackScan scan;
  @Autowired ContentPauses pauses;
  @Autowired Evasions evasions;
  @Autowired PackTrials trials;
  @Autowired TrialWork work;
  @Autowired TrialHits hits;
  @Autowired Templates templates;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  @Autowired TransactionTemplate transaction;

  @Test
  void a_new_pack_pauses_exactly_the_live_version_it_hits_and_a_later_one_frees_it() {
    clock.set(at("2081-05-30"));
    TemplateVersion hit = approved("蓝鲸计划邀请您了解投资者教育课程。");
    TemplateVersion clean = approved("欢迎了解投资者教育课程。");
    readAll();
    assertThat(paused(hit)).isEmpty();

    approve(edit(draft("2081-06-01"), rule("Y81", "蓝鲸计划", FindingLevel.REVIEW)));
    readAll();
    assertThat(paused(hit)).as("not before its first day").isEmpty();
    clock.set(at("2081-06-01"));
    readAll();

    assertThat(paused(hit)).containsExactly("Y81");
    assertThat(paused(clean)).isEmpty();
    assertThat(evidenceOf(hit)).contains("content_paused");

    TemplateVersion next = approveAgain(hit, "欢迎您了解投资者教育课程。");
    assertThat(paused(next)).as("the new version is free").isEmpty();

    clock.set(at("2081-07-01"));
    TemplateVersion other = approved("蓝鲸计划邀请您了解投资者教育讲座。");
    approve(draft("2081-07-01"));
    readAll();
    assertThat(paused(other)).isEmpty();
    assertThat(scan.latest(1).get(0).finishedAt()).isNotNull();
  }

  @Test
  void what_a_later_pack_no_longer_finds_goes_on() {
    clock.set(at("2082-05-30"));
    TemplateVersion hit = approved("红鹤计划邀请您了解投资者教育课程。");
    readAll();
    clock.set(at("2082-06-01"));
    approve(edit(draft("2082-06-01"), rule("Y82", "红鹤计划", FindingLevel.BLOCK)));
    readAll();
    assertThat(paused(hit)).containsExactly("Y82");

    clock.set(at("2082-07-01"));
    approve(draft("2082-07-01"));
    readAll();

    assertThat(paused(hit)).isEmpty();
    assertThat(evidenceOf(hit)).contains("content_paused", "content_resumed");
  }

  @Test
  void a_rule_pauses_from_its_own_day_on() {
    clock.set(at("2083-06-01"));
    TemplateVersion hit = approved("白鹭计划邀请您了解投资者教育课程。");
    ContentRule later =
        rule("Y83", "白鹭计划", FindingLevel.BLOCK, LocalDate.of(2083, 6, 20), List.of());
    approve(edit(draft("2083-06-01"), later));
    readAll();
    assertThat(paused(hit)).isEmpty();

    clock.set(at("2083-06-20"));
    readAll();

    assertThat(paused(hit)).containsExactly("Y83");
  }

  @Test
  void a_crash_in_the_middle_leaves_nothing_half_done_and_the_next_goes_on() {
    clock.set(at("2084-06-01"));
    TemplateVersion hit = approved("黑鹰计划邀请您了解投资者教育课程。");
    readAll();
    clock.set(at("2084-06-02"));
    approve(edit(draft("2084-06-02"), rule("Y84", "黑鹰计划", FindingLevel.BLOCK)));

    while (Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              boolean more = scan.next();
              boolean hitNow = !paused(hit).isEmpty();
              if (hitNow) {
                status.setRollbackOnly();
              }
              return more && !hitNow;
            }))) {}
    assertThat(paused(hit)).as("rolled back").isEmpty();
    readAll();

    assertThat(paused(hit)).containsExactly("Y84");
    assertThat(
            jdbc.sql(
                    "select count(*) from content_pause where content_id = :id and kind='template'")
                .param("id", hit.id())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void a_hidden_violation_in_a_draft_is_told_once_with_its_author() {
    clock.set(at("2085-06-01"));
    String code = "hidden-" + tail();
    TemplateVersion draft = templates.submit(metadata(code), "旱涝bao收的产品", "sly");
    readAll();
    readAll();

    assertThat(evasions.page(0, 50))
        .filteredOn(one -> one.code().equals(code))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.ruleId()).isEqualTo("G07");
              assertThat(one.author()).isEqualTo("sly");
              assertThat(one.matched()).isEqualTo("旱涝bao收");
            });
    assertThat(evidenceOf(draft)).containsOnlyOnce("evasion_found");
  }

  @Test
  void a_trial_says_what_a_draft_would_catch_and_free_and_shows_the_sentence() {
    clock.set(at("2086-05-01"));
    TemplateVersion hit = approved("第一句话。绿洲计划邀请您了解投资者教育课程。最后一句。");
    TemplateVersion free = submitted("欲购从速的产品");
    RulePackProposal draft = draft("2086-06-01");
    draft = edit(draft, rule("Y86", "绿洲计划", FindingLevel.REVIEW));
    ContentRule off = packOf(draft).rule("U01").orElseThrow();
    draft = edit(draft, disabled(off));

    long id = trials.start(draft.version(), "officer");
    while (work.next(id)) {}

    PackTrial done = trials.find(id).orElseThrow();
    assertThat(done.status()).isEqualTo("done");
    assertThat(done.templatesRead()).isEqualTo(done.templatesTotal()).isGreaterThan(1);
    assertThat(hitsOf(id, "caught", hit))
        .anySatisfy(
            one -> {
              assertThat(one.ruleId()).isEqualTo("Y86");
              assertThat(one.before()).isEmpty();
              assertThat(one.matched()).isEqualTo("绿洲计划");
              assertThat(one.after()).isEqualTo("邀请您了解投资者教育课程");
            });
    assertThat(hitsOf(id, "freed", free)).anyMatch(one -> one.ruleId().equals("U01"));
    assertThat(paused(hit)).as("a trial changes nothing").isEmpty();
  }

  @Test
  void a_trial_can_be_stopped_and_ends_when_its_draft_is_changed() {
    clock.set(at("2086-05-01"));
    RulePackProposal draft = draft("2086-06-01");
    long stopped = trials.start(draft.version(), "officer");
    work.next(stopped);
    trials.cancel(stopped);
    assertThat(work.next(stopped)).isFalse();
    assertThat(trials.find(stopped).orElseThrow().status()).isEqualTo("cancelled");

    long overtaken = trials.start(draft.version(), "officer");
    edit(draft, rule("Y87", "紫燕计划", FindingLevel.REVIEW));
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(() -> work.next(overtaken))
        .withMessageContaining("重新试运行");
    assertThat(trials.find(overtaken).orElseThrow().stale()).isTrue();
  }

  @Test
  void nobody_who_changed_a_draft_approves_it_whatever_the_door() {
    RulePackProposal draft = draft("2087-06-01");
    RulePackProposal edited =
        packs.edit(
            draft.version(), draft.hash(), rule("Y88", "青松计划", FindingLevel.BLOCK), "Second");

    assertThat(edited.editors()).containsExactly("second");
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(() -> packs.approve(edited.version(), edited.hash(), "SECOND"))
        .withMessageContaining("修改人");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update rule_pack set approved_by = 'SECOND', approved_at = created_at where version = :version")
                    .param("version", edited.version())
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("rule_pack_editors_do_not_approve");
    HeldReviews.approve(packs, edited, "third");
    assertThatThrownBy(
            () ->
                jdbc.sql("update rule_pack set source = '' where version = :version")
                    .param("version", edited.version())
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("never changes");
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(
            () ->
                packs.edit(
                    edited.version(), edited.hash(), rule("Y89", "甲乙丙", FindingLevel.BLOCK), "x"))
        .withMessageContaining("已批准");
  }

  @Test
  void an_edit_is_made_on_what_its_editor_saw_and_holds_its_own_sentences() {
    RulePackProposal draft = draft("2087-07-01");
    edit(draft, rule("Y90", "金桥计划", FindingLevel.BLOCK));

    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(
            () ->
                packs.edit(
                    draft.version(), draft.hash(), rule("Y91", "银桥计划", FindingLevel.BLOCK), "late"))
        .withMessageContaining("已被他人修改");
    RulePackProposal now = packs.proposal(draft.version()).orElseThrow();
    assertThatExceptionOfType(RulePackException.class)
        .isThrownBy(
            () -> edit(now, rule("Y91", "银桥计划", FindingLevel.BLOCK, null, List.of("这句话里没有那个词"))))
        .withMessageContaining("例句");
  }

  @Test
  void two_packs_are_compared_rule_by_rule() {
    RulePackProposal draft = draft("2087-08-01");
    draft = edit(draft, rule("Y92", "铜桥计划", FindingLevel.BLOCK));
    draft = edit(draft, disabled(packOf(draft).rule("U01").orElseThrow()));

    PackDiff diff =
        PackDiff.between(PackScanner.of(packs.source(BASE).orElseThrow()).pack(), packOf(draft));

    assertThat(diff.rules()).extracting(PackDiff.RuleChange::id).containsExactly("U01", "Y92");
    assertThat(diff.rules().get(0).fields()).containsExactly("disabled");
    assertThat(diff.rules().get(1).before()).isNull();
    assertThat(diff.tables()).isEmpty();
  }

  private List<TrialHit> hitsOf(long trial, String change, TemplateVersion version) {
    return hits.page(trial, change, BranchScope.everywhere(), 0, 1_000).stream()
        .filter(one -> one.ref().equals(String.valueOf(version.id())))
        .toList();
  }

  private RulePackProposal draft(String day) {
    return packs.draftOf(BASE, "pack-" + tail(), "测试规则库", LocalDate.parse(day), "chen");
  }

  private RulePackProposal edit(RulePackProposal draft, ContentRule rule) {
    return packs.edit(draft.version(), draft.hash(), rule, "chen");
  }

  private void approve(RulePackProposal draft) {
    HeldReviews.approve(packs, draft, "officer");
  }

  private RulePack packOf(RulePackProposal draft) {
    return PackScanner.of(packs.source(draft.version()).orElseThrow()).pack();
  }

  private static ContentRule rule(String id, String phrase, FindingLevel level) {
    return rule(id, phrase, level, null, List.of("我们的" + phrase + "开始了"));
  }

  private static ContentRule rule(
      String id, String phrase, FindingLevel level, LocalDate from, List<String> hits) {
    return new ContentRule(
        id,
        "测试",
        level,
        List.of("AD25"),
        "删除",
        false,
        from,
        null,
        List.of(phrase),
        List.of(),
        false,
        hits,
        List.of());
  }

  private static ContentRule disabled(ContentRule rule) {
    return new ContentRule(
        rule.id(),
        rule.category(),
        rule.level(),
        rule.basis(),
        rule.alternative(),
        rule.negationClears(),
        rule.effectiveFrom(),
        rule.effectiveUntil(),
        rule.phrases(),
        rule.patterns(),
        true,
        rule.hits(),
        rule.misses());
  }

  private void readAll() {
    while (scan.next()) {}
  }

  private List<String> paused(TemplateVersion version) {
    return pauses.templates(List.of(version.id())).getOrDefault(version.id(), List.of());
  }

  private TemplateVersion approved(String text) {
    return approve(submitted(text));
  }

  private TemplateVersion submitted(String text) {
    return templates.submit(metadata("watch-" + tail()), text, "marketer");
  }

  private TemplateVersion approveAgain(TemplateVersion older, String text) {
    return approve(templates.submit(older.metadata(), text, "marketer"));
  }

  private TemplateVersion approve(TemplateVersion version) {
    return HeldReviews.approve(templates, version);
  }

  private static TemplateMetadata metadata(String code) {
    return new TemplateMetadata(
        code,
        "测试模板",
        Channel.IN_APP,
        Purpose.EDUCATION,
        "none",
        List.of(),
        null,
        false,
        Map.of(),
        null);
  }

  private List<String> evidenceOf(TemplateVersion version) {
    return jdbc.sql("select kind from evidence where subject = :subject order by id")
        .param("subject", "template:" + version.code())
        .query(String.class)
        .list();
  }

  private static String tail() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T02:00:00Z");
  }
}
