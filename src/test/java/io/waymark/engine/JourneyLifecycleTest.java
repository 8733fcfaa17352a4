package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.evidence.EvidenceKind;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeCounts;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a drawing to a live journey, its timers and what becomes of a job that fails. */
@WithTravellers
class JourneyLifecycleTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired NodeCounts counts;
  @Autowired Audiences audiences;
  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired ManagementService management;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
  }

  private static Sketch waiting() {
    return Sketch.of("life").awaits("Wait", "test.a").way("Wait");
  }

  @Test
  void a_deployment_is_a_draft_of_its_author_and_the_same_files_again_are_nothing_new() {
    Sketch sketch = waiting();

    JourneyVersion draft = sketch.deploy(deployments, versions);

    assertThat(draft.status()).isEqualTo(JourneyStatus.DRAFT);
    assertThat(draft.author()).isEqualTo("author");
    assertThat(deployments.deploy(sketch.key(), sketch.files(), "author", List.of("marketer")))
        .isEmpty();
    assertThat(versions.of(sketch.key())).hasSize(1);
  }

  @Test
  void the_author_may_not_approve_and_nobody_may_approve_what_he_has_not_read() {
    JourneyVersion draft = waiting().deploy(deployments, versions);

    refused(
        "author_may_not_approve",
        () -> versions.approve(draft.id(), draft.hash(), HeldReviews.none("author")));
    refused(
        "content_changed",
        () -> versions.approve(draft.id(), "0".repeat(64), HeldReviews.none("officer")));
    refused(
        "unknown_version", () -> versions.approve(-1, draft.hash(), HeldReviews.none("officer")));
    assertThat(versions.find(draft.id()).orElseThrow().status()).isEqualTo(JourneyStatus.DRAFT);

    assertThat(HeldReviews.approve(versions, draft).status()).isEqualTo(JourneyStatus.LIVE);
    refused("not_a_draft", () -> HeldReviews.approve(versions, draft));
  }

  @Test
  void the_table_itself_refuses_an_author_who_decides() {
    JourneyVersion draft = waiting().deploy(deployments, versions);

    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update journey_version set status = 'live', decided_by = author"
                            + " where id = ?")
                    .param(draft.id())
                    .update())
        .hasMessageContaining("journey_version");
  }

  @Test
  void a_rejected_draft_stays_rejected_and_proves_it() {
    JourneyVersion draft = waiting().deploy(deployments, versions);

    versions.reject(draft.id(), draft.hash(), "officer");

    refused("not_a_draft", () -> HeldReviews.approve(versions, draft));
    assertThat(
            jdbc.sql("select facts from evidence where kind = ? and subject = ?")
                .params(EvidenceKind.JOURNEY_APPROVED.code(), draft.definitionId())
                .query(String.class)
                .single())
        .contains("rejected");
  }

  @RepeatedTest(10)
  void of_two_drafts_approved_at_once_one_is_live_and_one_is_ended() throws Exception {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);
    JourneyVersion second = sketch.set("priority", "10").deploy(deployments, versions);
    JourneyVersion third = sketch.set("priority", "20").deploy(deployments, versions);
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> approvals = new ArrayList<>();
      for (JourneyVersion draft : List.of(second, third)) {
        approvals.add(
            threads.submit(
                () -> {
                  together.await();
                  return HeldReviews.approve(versions, draft);
                }));
      }
      for (Future<?> approval : approvals) {
        approval.get(20, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(versions.of(sketch.key()))
        .extracting(JourneyVersion::status)
        .containsOnlyOnce(JourneyStatus.LIVE)
        .filteredOn(JourneyStatus.ENDED::equals)
        .hasSize(2);
  }

  @Test
  void pausing_what_is_not_live_is_refused() {
    JourneyVersion draft = waiting().deploy(deployments, versions);

    refused("wrong_status", () -> versions.pause(draft.id(), "officer"));
    refused("wrong_status", () -> versions.resume(draft.id(), "officer"));
  }

  @Test
  void a_customer_inside_stays_on_his_version() {
    Sketch sketch = waiting();
    JourneyVersion first = sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());

    sketch.set("priority", "70").publish(deployments, versions);

    assertThat(traveller.participation().journeyVersionId()).isEqualTo(first.id());
    traveller.does("test.a").left("completed");
  }

  private static void refused(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            JourneyRefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .message()
        .matches("(?s).*[\\u4e00-\\u9fff].*");
  }

  @Test
  void neither_a_draft_nor_a_live_journey_can_be_started_by_hand() {
    Sketch sketch = waiting();
    JourneyVersion draft = sketch.deploy(deployments, versions);
    List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> ways =
        List.of(
            () -> runtime.startProcessInstanceById(draft.definitionId()),
            () -> runtime.startProcessInstanceByKey(sketch.key(), sketch.key() + ":1"),
            () -> runtime.startProcessInstanceByKey(sketch.key(), "no key of ours"),
            () ->
                runtime
                    .createProcessInstanceById(draft.definitionId())
                    .startBeforeActivity("Wait")
                    .execute(true, true));

    ways.forEach(this::refusedToStart);
    HeldReviews.approve(versions, draft);
    ways.forEach(this::refusedToStart);
    assertThat(runtime.createProcessInstanceQuery().processDefinitionKey(sketch.key()).count())
        .isZero();
  }

  private void refusedToStart(org.assertj.core.api.ThrowableAssert.ThrowingCallable way) {
    assertThatThrownBy(way).hasStackTraceContaining("旅程只能由路标按已审批的版本启动");
  }

  @Test
  void a_drawing_travels_with_its_decision_table() {
    Sketch sketch =
        Sketch.of("table")
            .step("Facts", "loadFacts", Map.of("facts", "riskLevel"))
            .add(
                """
                <bpmn:businessRuleTask id="Decide" camunda:decisionRef="route"
                  camunda:decisionRefBinding="deployment" camunda:mapDecisionResult="singleEntry"
                  camunda:resultVariable="route"/>
                """)
            .awaits("Wait", "test.a")
            .way("Facts", "Decide", "Wait");
    Map<String, byte[]> files = new HashMap<>(sketch.files());
    assertThatThrownBy(() -> deploy(sketch, files))
        .isInstanceOf(DeploymentRefusedException.class)
        .hasMessageContaining("Decide")
        .hasMessageContaining("route");

    files.put("route.dmn", table("one"));
    deploy(sketch, files);
    files.put("route.dmn", table("two"));
    assertThat(deploy(sketch, files)).as("a table changed alone is a new draft").isTrue();
    files.put(
        sketch.key() + ".bpmn",
        sketch.set("priority", "33").xml().getBytes(StandardCharsets.UTF_8));
    assertThat(deploy(sketch, files)).as("so is a drawing changed alone").isTrue();
    assertThat(versions.of(sketch.key())).hasSize(3);

    JourneyVersion newest = versions.of(sketch.key()).get(0);
    HeldReviews.approve(versions, newest);
    Traveller traveller = travellers.somebody().does(sketch.entry());

    assertThat(traveller.standsAt("Wait").variable("route")).isEqualTo("two");
  }

  private boolean deploy(Sketch sketch, Map<String, byte[]> files) {
    return deployments.deploy(sketch.key(), files, "author", List.of("marketer")).isPresent();
  }

  private static byte[] table(String answer) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
            namespace="t" xmlns:camunda="http://camunda.org/schema/1.0/dmn">
          <decision id="route" name="route" camunda:historyTimeToLive="P30D">
            <decisionTable id="t1" hitPolicy="FIRST">
              <input id="i1"><inputExpression id="e1" typeRef="string"><text>riskLevel</text></inputExpression></input>
              <output id="o1" name="route" typeRef="string"/>
              <rule id="r1"><inputEntry id="x1"><text></text></inputEntry>
                <outputEntry id="y1"><text>"%s"</text></outputEntry></rule>
            </decisionTable>
          </decision>
        </definitions>
        """
        .formatted(answer)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void files_without_a_journey_are_refused() {
    assertThatThrownBy(
            () ->
                deployments.deploy(
                    "x", Map.of("route.dmn", table("one")), "author", List.of("marketer")))
        .isInstanceOf(DeploymentRefusedException.class)
        .hasMessageContaining("恰好一个旅程");
  }

  @Test
  void nothing_of_a_refused_deployment_is_kept() {
    long before = repository.createDeploymentQuery().count();
    Sketch sketch = waiting().add("<bpmn:scriptTask id=\"Evil\" scriptFormat=\"groovy\"/>");

    assertThatThrownBy(() -> deploy(sketch, sketch.files()))
        .isInstanceOf(DeploymentRefusedException.class)
        .hasMessageContaining("Evil");

    assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    assertThat(versions.of(sketch.key())).isEmpty();
  }

  @Test
  void next_trading_day_skips_the_weekend_and_says_the_hour() {
    Sketch sketch = Sketch.of("timer").timer("Timer", "${tradingDay(1,'15:30')}").way("Timer");
    sketch.publish(deployments, versions);
    clock.set(LocalDateTime.of(2026, 11, 27, 16, 0));

    Traveller traveller = travellers.somebody().does(sketch.entry());

    assertThat(due(traveller)).isEqualTo(LocalDateTime.of(2026, 11, 30, 15, 30));
    traveller.timeComes("Timer").left("completed");
  }

  @Test
  void a_day_of_an_unknown_year_is_an_incident_and_never_a_guess() {
    Sketch sketch =
        Sketch.of("unknown")
            .timer("First", "PT1H")
            .timer("Next", "${tradingDay(1,'15:30')}")
            .way("First", "Next");
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());
    clock.set(LocalDateTime.of(2026, 12, 31, 16, 0));

    fail(traveller);

    assertThat(runtime.createIncidentQuery().processInstanceId(traveller.instance()).list())
        .singleElement()
        .satisfies(incident -> assertThat(incident.getIncidentMessage()).contains("2027"));
    traveller.standsAt("First");
    assertThat(node(version, "First")).isEqualTo("entered 1 waiting 0 failed 1");
  }

  @Test
  void who_enters_when_the_year_is_unknown_stays_as_a_failed_enrolment() {
    Sketch sketch = Sketch.of("unknown").timer("Next", "${tradingDay(1,'15:30')}").way("Next");
    sketch.publish(deployments, versions);
    clock.set(LocalDateTime.of(2026, 12, 31, 16, 0));

    Traveller traveller = travellers.somebody().does(sketch.entry());

    assertThat(
            jdbc.sql("select status || ' ' || reason from enrolment where customer_id = ?")
                .param(traveller.id())
                .query(String.class)
                .single())
        .startsWith("failed ")
        .contains("2027");
  }

  @Test
  void a_failed_job_counts_as_failed_until_an_operator_resolves_it() {
    String audience = "aud-" + UUID.randomUUID().toString().substring(0, 8);
    Sketch sketch =
        Sketch.of("incident")
            .timer("Timer", "PT1H")
            .step("Check", "checkAudience", Map.of("audience", audience))
            .awaits("Wait", "test.a")
            .way("Timer", "Check", "Wait");
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());
    assertThat(node(version, "Timer")).isEqualTo("entered 1 waiting 1 failed 0");

    fail(traveller);
    assertThat(node(version, "Timer")).isEqualTo("entered 1 waiting 0 failed 1");

    management.setJobRetries(job(traveller).getId(), 1);
    assertThat(node(version, "Timer")).isEqualTo("entered 1 waiting 1 failed 0");

    audiences.save(new AudienceDraft(audience, "补上", "age >= 18", Purpose.SERVICE, null), "author");
    management.executeJob(job(traveller).getId());
    traveller.standsAt("Wait");
    assertThat(node(version, "Timer")).isEqualTo("entered 1 waiting 0 failed 0");
  }

  @Test
  void a_timer_beside_a_task_that_fails_shows_at_the_task() {
    String audience = "aud-" + UUID.randomUUID().toString().substring(0, 8);
    Sketch sketch =
        Sketch.of("beside")
            .task("Call", "reached")
            .reminder("Reminder", "Call", "PT1H")
            .step("Check", "checkAudience", Map.of("audience", audience))
            .end("Told")
            .flow("Reminder", "Check")
            .flow("Check", "Told")
            .way("Call");
    JourneyVersion version = sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());

    fail(traveller);

    assertThat(node(version, "Call")).isEqualTo("entered 1 waiting 0 failed 1");
  }

  @Test
  void who_leaves_leaves_a_proof_of_the_reason() {
    Sketch sketch =
        Sketch.of("leave")
            .awaits("Wait", "test.a")
            .step("Leave", "leaveJourney", Map.of("reason", "not_interested"))
            .way("Wait", "Leave");
    sketch.publish(deployments, versions);

    Traveller traveller =
        travellers.somebody().does(sketch.entry()).does("test.a").left("not_interested");

    assertThat(proofOfLeaving(traveller)).contains("not_interested");
  }

  @Test
  void an_instance_removed_by_an_operator_ends_the_participation() {
    Sketch sketch = waiting();
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());

    runtime.deleteProcessInstance(traveller.instance(), "test", true, false);

    traveller.left("removed");
    assertThat(proofOfLeaving(traveller)).contains("removed");
  }

  private String proofOfLeaving(Traveller traveller) {
    return jdbc.sql("select facts from evidence where customer_id = ? and kind = ?")
        .params(traveller.id(), EvidenceKind.JOURNEY_LEFT.code())
        .query(String.class)
        .single();
  }

  private LocalDateTime due(Traveller traveller) {
    return LocalDateTime.ofInstant(job(traveller).getDuedate().toInstant(), SHANGHAI);
  }

  private Job job(Traveller traveller) {
    return management.createJobQuery().processInstanceId(traveller.instance()).singleResult();
  }

  /** The job executor's way: the attempt fails, and it was the last. */
  private void fail(Traveller traveller) {
    String job = job(traveller).getId();
    for (int attempt = 0; attempt < 6 && job(traveller).getRetries() > 0; attempt++) {
      assertThatThrownBy(() -> management.executeJob(job)).isNotNull();
    }
    assertThat(job(traveller).getRetries()).isZero();
  }

  private String node(JourneyVersion version, String node) {
    return counts.of(version.id(), BranchScope.everywhere()).stream()
        .filter(one -> one.node().equals(node))
        .map(
            one ->
                "entered %d waiting %d failed %d"
                    .formatted(one.entered(), one.waiting(), one.failed()))
        .findFirst()
        .orElse("never");
  }
}
