package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.compliance.ContentRule;
import io.waymark.compliance.RulePackProposal;
import io.waymark.compliance.RulePacks;
import io.waymark.compliance.review.Draw;
import io.waymark.compliance.review.OfficerReason;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewAct;
import io.waymark.compliance.review.ReviewFilter;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.ReviewStage;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.sandbox.ReviewDrawing;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.publication.Unguarded;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import io.waymark.testing.ShippedSuitability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every way through the review, a scenario for each. When all have walked, the deployed drawing is
 * read: a flow, boundary event or event sub-process that none of them took is a gap.
 */
@WithTravellers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContentReviewWalkTest {

  @Autowired BeanFactory context;
  @Autowired ReviewDesk desk;
  @Autowired Reviews reviews;
  @Autowired Templates templates;
  @Autowired JourneyVersions versions;
  @Autowired JourneyDeployments deployments;
  @Autowired FlowsTaken flows;
  @Autowired Draw draw;
  @Autowired RulePacks packs;
  @Autowired PolicyDocuments policies;
  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired ManagementService management;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  private final List<Long> walked = new ArrayList<>();

  private Review submitted(TemplateVersion draft) {
    Review review = desk.submit(draft);
    walked.add(review.id());
    return review;
  }

  private Review now(Review review) {
    return reviews.find(review.id(), BranchScope.everywhere()).orElseThrow();
  }

  private List<String> acts(Review review) {
    return reviews.history(review.id()).stream().map(ReviewAct::act).toList();
  }

  private boolean ended(Review review) {
    return runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey("review/" + review.id())
            .count()
        == 0;
  }

  @Test
  void a_text_the_draw_spares_is_released_by_the_business_reviewer_under_a_number() {
    TemplateVersion draft = desk.drawn(false);
    Review review = submitted(draft);
    assertThat(review.status()).isEqualTo(ReviewStatus.BUSINESS);
    assertThat(review.officerReasons()).isEmpty();
    assertThat(templates.find(draft.id()).orElseThrow().status())
        .isEqualTo(TemplateStatus.IN_REVIEW);

    Review approved = desk.agree(review, desk.reviewer);

    assertThat(approved.status()).isEqualTo(ReviewStatus.APPROVED);
    assertThat(approved.approvalNumber()).startsWith("WM-202611-");
    assertThat(approved.officer()).isNull();
    TemplateVersion live = templates.approved(draft.code(), clock.instant()).orElseThrow();
    assertThat(live.approvalNumber()).isEqualTo(approved.approvalNumber());
    assertThat(live.approvedBy()).isEqualTo(desk.reviewer.username());
    assertThat(live.expiresAt()).isEqualTo(approved.validUntil());
    assertThat(acts(approved)).containsExactly("submitted", "scanned", "agreed", "released");
    assertThat(ended(review)).isTrue();
  }

  @Test
  void a_text_that_is_drawn_goes_on_to_an_officer_and_the_draw_can_be_proved() {
    TemplateVersion draft = desk.drawn(true);
    Review review = submitted(draft);
    assertThat(review.officerReasons()).containsExactly(OfficerReason.SAMPLED);

    Review second = desk.agree(review, desk.reviewer);
    assertThat(second.status()).isEqualTo(ReviewStatus.OFFICER);
    assertThat(templates.approved(draft.code(), clock.instant())).isEmpty();
    Review approved = desk.agree(second, desk.officer);

    assertThat(approved.status()).isEqualTo(ReviewStatus.APPROVED);
    assertThat(templates.approved(draft.code(), clock.instant()).orElseThrow().approvedBy())
        .isEqualTo(desk.officer.username());
    assertThat(review.draw()).isEqualTo(draw.of(draft.hash()));
    assertThat(
            jdbc.sql("select facts from evidence where subject = ? and facts like '%scanned%'")
                .param("review:" + review.id())
                .query(String.class)
                .single())
        .contains(draw.of(draft.hash()), draft.hash(), "0.2", "sampled");
  }

  @Test
  void what_the_machine_blocks_reaches_no_reviewer_and_cannot_be_approved() {
    TemplateVersion draft = desk.draft(ReviewDesk.code(), "本产品保​本保收益，");
    Review review = submitted(draft);

    assertThat(review.status()).isEqualTo(ReviewStatus.REFUSED);
    assertThat(review.obstacles()).contains("G01", "G02");
    assertThat(ended(review)).isTrue();
    assertThat(templates.find(draft.id()).orElseThrow().status()).isEqualTo(TemplateStatus.DRAFT);
    assertThatThrownBy(() -> desk.agree(review, desk.reviewer)).hasMessageContaining("已经结束");
  }

  @Test
  void the_business_reviewer_sends_back_with_a_reason_and_the_author_submits_a_new_version() {
    String code = ReviewDesk.code();
    TemplateVersion draft = desk.draft(code, "讲座时间待定，");
    Review review = submitted(draft);
    assertThatThrownBy(() -> desk.sendBack(review, desk.reviewer, " "))
        .hasMessageContaining("请写明退回的原因");

    Review rejected = desk.sendBack(review, desk.reviewer, "请写明讲座时间");

    assertThat(rejected.status()).isEqualTo(ReviewStatus.REJECTED);
    assertThat(rejected.closedReason()).isEqualTo("请写明讲座时间");
    assertThat(rejected.closedBy()).isEqualTo(desk.reviewer.username());
    assertThat(templates.find(draft.id()).orElseThrow().status()).isEqualTo(TemplateStatus.DRAFT);
    Review again = submitted(desk.draft(code, "讲座本周五20点开始，"));
    assertThat(again.status()).isEqualTo(ReviewStatus.BUSINESS);
    assertThat(again.version()).isEqualTo("2");
  }

  @Test
  void the_officer_sends_back_and_stays_owed_for_the_next_version() {
    TemplateVersion draft = desk.drawn(true);
    Review review = submitted(draft);
    Review rejected = desk.sendBack(desk.agree(review, desk.reviewer), desk.officer, "请补充活动主办方");
    assertThat(rejected.status()).isEqualTo(ReviewStatus.REJECTED);

    Review first = submitted(desk.drawn(true));
    reviews.withdraw(first.id(), desk.author.username(), "再改一改");
    TemplateVersion spared = sparedVersionOf(first.code());
    Review second = submitted(spared);

    assertThat(second.officerReasons())
        .as("changing a blank does not free a text from the officer")
        .containsExactly(OfficerReason.EARLIER_VERSION);
  }

  private TemplateVersion sparedVersionOf(String code) {
    for (int n = 0; ; n++) {
      TemplateVersion draft = desk.draft(code, "再改一改" + n + "，");
      if (!Draw.falls(draw.of(draft.hash()), ReviewDesk.RATE)) {
        return draft;
      }
    }
  }

  @Test
  void the_author_takes_it_back_and_a_new_version_overtakes_an_older_one() {
    Review withdrawn = submitted(desk.draft(ReviewDesk.code(), "第一稿，"));
    assertThatThrownBy(() -> reviews.withdraw(withdrawn.id(), desk.reviewer.username(), "不发了"))
        .hasMessageContaining("只有作者或提交人");
    reviews.withdraw(withdrawn.id(), desk.author.username(), "不发了");
    assertThat(now(withdrawn).status()).isEqualTo(ReviewStatus.WITHDRAWN);
    assertThat(ended(withdrawn)).isTrue();

    String code = ReviewDesk.code();
    Review overtaken = submitted(desk.draft(code, "第一稿，"));
    desk.draft(code, "第二稿，");
    assertThat(now(overtaken).status()).isEqualTo(ReviewStatus.OVERTAKEN);
    assertThat(ended(overtaken)).isTrue();
    assertThatThrownBy(() -> desk.agree(overtaken, desk.reviewer)).hasMessageContaining("已经结束");
  }

  @Test
  void a_wait_is_reminded_of_after_one_working_day_and_escalated_after_three() {
    Review business = submitted(desk.drawn(true));
    Review officer = submitted(desk.drawn(true));
    desk.agree(officer, desk.reviewer);

    for (Review review : List.of(business, officer)) {
      List<Job> timers = timers(review);
      assertThat(timers)
          .extracting(Job::getDuedate)
          .as("a Monday: 10:00 of Tuesday and of Thursday")
          .containsExactly(
              Date.from(MovableClock.START.plus(Duration.ofDays(1))),
              Date.from(MovableClock.START.plus(Duration.ofDays(3))));
      management.executeJob(timers.get(0).getId());
      assertThat(now(review).remindedAt()).isNotNull();
      assertThat(now(review).escalatedAt()).isNull();
      management.executeJob(timers.get(1).getId());
      assertThat(now(review).escalatedAt()).isNotNull();
      assertThat(acts(review)).contains("reminded", "escalated");
    }
    assertThat(desk.agree(business, desk.reviewer).escalatedAt())
        .as("another stage waits anew")
        .isNull();
    assertThat(
            reviews.page(
                ReviewFilter.waitingFor(desk.officer.username(), ReviewStage.OFFICER),
                BranchScope.everywhere(),
                0,
                1))
        .as("what waits too long comes first")
        .singleElement()
        .satisfies(first -> assertThat(first.escalatedAt()).isNotNull());
  }

  private List<Job> timers(Review review) {
    String instance =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey("review/" + review.id())
            .singleResult()
            .getId();
    return management
        .createJobQuery()
        .processInstanceId(instance)
        .timers()
        .orderByJobDuedate()
        .asc()
        .list();
  }

  @Test
  void a_journey_is_read_by_both_and_enters_customers_until_its_approval_ends() {
    Sketch sketch = Sketch.of("reviewed").awaits("Wait", "test.a").way("Wait");
    deployments.deploy(sketch.key(), sketch.files(), desk.author.username(), List.of("marketer"));
    JourneyVersion draft = versions.of(sketch.key()).get(0);
    Review review =
        reviews.submit(SubjectKind.JOURNEY, Long.toString(draft.id()), desk.author.username());
    walked.add(review.id());
    assertThat(review.officerReasons()).contains(OfficerReason.JOURNEY);

    Review approved = desk.agree(desk.agree(review, desk.reviewer), desk.officer);

    assertThat(versions.live(sketch.key())).as("approved is not yet published").isEmpty();
    JourneyVersion released = versions.find(draft.id()).orElseThrow();
    assertThat(released.status()).isEqualTo(JourneyStatus.APPROVED);
    JourneyVersion live = new Unguarded(context).publish(released);
    assertThat(live.approvalNumber()).isEqualTo(approved.approvalNumber());
    clock.advance(Duration.ofDays(366));
    assertThat(versions.live(sketch.key())).as("the approval has ended").isEmpty();
    clock.reset();
  }

  @Test
  void a_journey_that_names_what_may_not_be_sent_is_a_draft_and_nobody_has_to_read_it() {
    Sketch sketch =
        Sketch.of("unsound").step("Send", "sendMessage", Map.of("template", "nothing")).way("Send");
    deployments.deploy(sketch.key(), sketch.files(), desk.author.username(), List.of("marketer"));
    JourneyVersion draft = versions.of(sketch.key()).get(0);

    assertThatThrownBy(
            () ->
                reviews.submit(
                    SubjectKind.JOURNEY, Long.toString(draft.id()), desk.author.username()))
        .isInstanceOf(ReviewRefusedException.class)
        .hasMessageContaining("“Send”：内容模板“nothing”不存在")
        .hasMessageContaining("请从列表里选一个已审批的模板");
    assertThat(versions.of(sketch.key()).get(0).status()).isEqualTo(JourneyStatus.DRAFT);
  }

  @Test
  void a_journey_drawn_anew_overtakes_its_review_and_one_sent_back_is_rejected() {
    Sketch sketch = Sketch.of("redrawn").awaits("Wait", "test.a").way("Wait");
    deployments.deploy(sketch.key(), sketch.files(), desk.author.username(), List.of("marketer"));
    JourneyVersion first = versions.of(sketch.key()).get(0);
    Review overtaken =
        reviews.submit(SubjectKind.JOURNEY, Long.toString(first.id()), desk.author.username());
    deployments.deploy(
        sketch.key(),
        sketch.set("priority", "77").files(),
        desk.author.username(),
        List.of("marketer"));
    assertThat(now(overtaken).status()).isEqualTo(ReviewStatus.OVERTAKEN);
    assertThat(versions.find(first.id()).orElseThrow().status()).isEqualTo(JourneyStatus.DRAFT);
    assertThatThrownBy(
            () ->
                reviews.submit(
                    SubjectKind.JOURNEY, Long.toString(first.id()), desk.author.username()))
        .hasMessageContaining("已有更新的版本");

    JourneyVersion second = versions.of(sketch.key()).get(0);
    Review review =
        reviews.submit(SubjectKind.JOURNEY, Long.toString(second.id()), desk.author.username());
    assertThat(versions.find(second.id()).orElseThrow().status())
        .isEqualTo(JourneyStatus.IN_REVIEW);
    desk.sendBack(review, desk.reviewer, "进入条件过宽");
    assertThat(versions.find(second.id()).orElseThrow().status()).isEqualTo(JourneyStatus.REJECTED);
  }

  @Test
  void a_rule_pack_is_read_by_a_second_officer_alone() {
    String version = "pack-" + ReviewDesk.code();
    packs.propose(pack(version), desk.officer.username());
    Review review = reviews.submit(SubjectKind.RULE_PACK, version, desk.officer.username());
    walked.add(review.id());
    assertThat(review.status()).isEqualTo(ReviewStatus.OFFICER);
    assertThatThrownBy(() -> desk.agree(review, desk.officer)).hasMessageContaining("不能审核自己");
    assertThatThrownBy(() -> desk.agree(review, desk.reviewer)).hasMessageContaining("合规人员");

    assertThat(desk.agree(review, desk.secondOfficer).status()).isEqualTo(ReviewStatus.APPROVED);
    assertThat(packs.all()).anyMatch(one -> one.version().equals(version));
  }

  @Test
  void a_draft_changed_under_review_ends_the_review_and_is_submitted_anew() {
    String version = "pack-" + ReviewDesk.code();
    RulePackProposal draft = packs.propose(pack(version), desk.officer.username());
    Review review = reviews.submit(SubjectKind.RULE_PACK, version, desk.officer.username());
    ContentRule rule = RulePacks.parsed(packs.source(version).orElseThrow()).rules().get(0);

    packs.edit(version, draft.hash(), switchedOff(rule), desk.secondOfficer.username());

    assertThat(now(review).status()).isEqualTo(ReviewStatus.WITHDRAWN);
    assertThat(ended(review)).isTrue();
    Review again = reviews.submit(SubjectKind.RULE_PACK, version, desk.officer.username());
    assertThatThrownBy(() -> desk.agree(again, desk.secondOfficer))
        .as("who changed it does not approve it")
        .hasStackTraceContaining("修改人");
  }

  @Test
  void a_policy_is_read_against_the_one_in_force_by_a_second_officer_alone() {
    PolicyDocument proposal = policy("365");
    Review review = reviews.submit(SubjectKind.POLICY, id(proposal), desk.officer.username());
    walked.add(review.id());
    assertThat(review.status()).isEqualTo(ReviewStatus.OFFICER);
    assertThat(reviews.inForce(review).orElseThrow().version())
        .isEqualTo(policies.active("suitability", clock.instant()).version());
    assertThatThrownBy(() -> desk.agree(review, desk.officer)).hasMessageContaining("不能审核自己");
    assertThatThrownBy(() -> desk.agree(review, desk.reviewer)).hasMessageContaining("合规人员");

    assertThat(desk.agree(review, desk.secondOfficer).status()).isEqualTo(ReviewStatus.APPROVED);
    assertThat(find(proposal).approvedBy()).isEqualTo(desk.secondOfficer.username());
  }

  @Test
  void a_policy_sent_back_is_rejected_and_one_its_author_takes_back_ends_its_review() {
    PolicyDocument first = policy("300");
    Review sentBack = reviews.submit(SubjectKind.POLICY, id(first), desk.officer.username());
    desk.sendBack(sentBack, desk.secondOfficer, "天数过长");
    assertThat(find(first).rejectedBy()).isEqualTo(desk.secondOfficer.username());

    PolicyDocument second = policy("301");
    PolicyDocument third = policy("302");
    Review dropped = reviews.submit(SubjectKind.POLICY, id(second), desk.officer.username());
    assertThatThrownBy(() -> reviews.submit(SubjectKind.POLICY, id(third), desk.officer.username()))
        .as("one of a kind is read against the one in force at a time")
        .hasMessageContaining("已有一个版本在审核中");
    policies.reject("suitability", second.version(), "另有安排", desk.officer.username());
    assertThat(now(dropped).status()).isEqualTo(ReviewStatus.WITHDRAWN);
    assertThat(ended(dropped)).isTrue();
  }

  /** A suitability policy in force long after every test. */
  private PolicyDocument policy(String days) {
    String source =
        ShippedSuitability.source()
            .replace("<text>\"730\"</text>", "<text>\"" + days + "\"</text>");
    return policies.propose(
        new PolicyDraft(
            "suitability",
            "walk-" + ReviewDesk.code(),
            MovableClock.START.plus(Duration.ofDays(30_000)),
            source),
        desk.officer.username());
  }

  private static ContentRule switchedOff(ContentRule rule) {
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

  private PolicyDocument find(PolicyDocument policy) {
    return policies.find(policy.kind(), policy.version()).orElseThrow();
  }

  private static String id(PolicyDocument policy) {
    return policy.kind() + ":" + policy.version();
  }

  /** The shipped pack under another name, in force long after every test. */
  static String pack(String version) {
    try {
      return Files.readString(Path.of("src/main/resources/compliance/rule-pack-2026-11.yaml"))
          .replaceFirst("(?m)^version: .*$", "version: " + version)
          .replaceFirst("(?m)^effectiveFrom: .*$", "effectiveFrom: 2099-01-01");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void every_sequence_flow_boundary_event_and_event_sub_process_is_taken() {
    BpmnModelInstance drawing =
        repository.getBpmnModelInstance(
            repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(ReviewDrawing.KEY)
                .latestVersion()
                .singleResult()
                .getId());
    Set<String> taken = flows.of(ReviewDrawing.KEY, walked);
    // Each boundary event and each start of an event sub-process has exactly one flow of its own.
    assertThat(drawing.getModelElementsByType(SequenceFlow.class))
        .isNotEmpty()
        .extracting(SequenceFlow::getId)
        .as("nobody went there")
        .allMatch(taken::contains);
  }
}
