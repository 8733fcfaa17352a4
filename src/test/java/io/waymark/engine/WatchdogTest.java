package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.watch.Alert;
import io.waymark.engine.watch.Alerts;
import io.waymark.engine.watch.Mending;
import io.waymark.engine.watch.StuckCase;
import io.waymark.engine.watch.StuckKind;
import io.waymark.engine.watch.Watchdog;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeCounts;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way of being stuck is seeded by breaking rows, found at one look, and mended. */
@WithTravellers
class WatchdogTest {

  private static final BranchScope ALL = BranchScope.everywhere();
  private static final String REASON = "值班处理";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Watchdog watchdog;
  @Autowired Alerts alerts;
  @Autowired Mending mending;
  @Autowired JdbcClient jdbc;
  @Autowired ManagementService management;
  @Autowired MovableClock clock;
  @Autowired NodeCounts counts;
  @Autowired StatementCounter statements;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void a_token_that_nothing_will_wake_is_brought_to_its_node_again() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    jdbc.sql("delete from act_ru_event_subscr where proc_inst_id_ = ?")
        .param(traveller.instance())
        .update();

    mendOnly(StuckKind.NO_WAKER, sketch, "Wait");
    traveller.standsAt("Wait").does("test.a").left("completed");
  }

  @Test
  void a_step_that_failed_for_good_is_tried_again() {
    Sketch sketch = pausesThenChecks();
    Traveller traveller = failing(sketch);

    Alert alert = found(StuckKind.INCIDENT, sketch, "Pause");
    assertThat(cases(alert).get(0).detail()).isNotBlank();
    assertThat(traveller.failedAt()).containsExactly("Pause");
    assertThat(mend(alert).failed()).as("the cause is still there").hasSize(1);

    exhaust(traveller);
    traveller.repairedAt(sketch.key(), "f2");
    mend(found(StuckKind.INCIDENT, sketch, "Pause"));
    traveller.standsAt("Wait");
    nothing(StuckKind.INCIDENT, sketch);
  }

  @Test
  void a_job_without_attempts_and_without_a_failure_is_done() {
    Sketch sketch = pausesThenChecks();
    Traveller traveller = enters(sketch);
    jdbc.sql("update act_ru_job set retries_ = 0 where process_instance_id_ = ?")
        .param(traveller.instance())
        .update();

    mendOnly(StuckKind.DEAD_JOB, sketch, "Pause");
    traveller.standsAt("Wait");
  }

  @Test
  void a_timer_that_nobody_takes_fires() {
    Sketch sketch = pausesThenChecks();
    Traveller traveller = enters(sketch);
    clock.advance(Duration.ofHours(3));

    mendOnly(StuckKind.JOB_OVERDUE, sketch, "Pause");
    traveller.standsAt("Wait");
  }

  @Test
  void a_job_that_a_dead_node_took_is_freed_and_done() {
    Sketch sketch = pausesThenChecks();
    Traveller traveller = enters(sketch);
    clock.advance(Duration.ofHours(3));
    jdbc.sql(
            """
            update act_ru_job set lock_owner_ = 'dead', lock_exp_time_ = duedate_
             where process_instance_id_ = ?
            """)
        .param(traveller.instance())
        .update();

    mendOnly(StuckKind.JOB_LOCKED, sketch, "Pause");
    traveller.standsAt("Wait");
  }

  @Test
  void a_token_our_facts_do_not_know_is_noted() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    jdbc.sql("delete from node_visit where participation_id = ? and node = 'Wait'")
        .param(traveller.participation().id())
        .update();

    mendOnly(StuckKind.TOKEN_WITHOUT_FACT, sketch, "Wait");
    assertThat(traveller.openVisits()).containsExactly("Wait");
    traveller.does("test.a").left("completed").wentBy("Wait=done");
  }

  @Test
  void a_fact_without_a_token_is_closed() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    jdbc.sql(
            """
            insert into node_visit (participation_id, journey_version_id, branch, node, entered_at)
            select id, journey_version_id, branch, 'Ghost', entered_at from participation
             where id = ?
            """)
        .param(traveller.participation().id())
        .update();

    mendOnly(StuckKind.FACT_WITHOUT_TOKEN, sketch, "Ghost");
    assertThat(traveller.openVisits()).containsExactly("Wait");
  }

  @Test
  void a_participation_whose_instance_is_gone_ends() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    for (String table : List.of("act_ru_event_subscr", "act_ru_job", "act_ru_variable")) {
      String column = table.equals("act_ru_job") ? "process_instance_id_" : "proc_inst_id_";
      jdbc.sql("delete from %s where %s = ?".formatted(table, column))
          .param(traveller.instance())
          .update();
    }
    jdbc.sql("delete from act_ru_execution where proc_inst_id_ = ?")
        .param(traveller.instance())
        .update();

    mendOnly(StuckKind.INSTANCE_GONE, sketch, "");
    traveller.left("removed").wentBy("Wait=interrupted");
    assertThat(traveller.openVisits()).isEmpty();
  }

  @Test
  void an_instance_whose_participation_has_ended_ends() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    jdbc.sql(
            """
            update participation set left_at = entered_at, left_reason = 'removed' where id = ?
            """)
        .param(traveller.participation().id())
        .update();

    mendOnly(StuckKind.PARTICIPATION_GONE, sketch, "");
    assertThat(
            jdbc.sql("select count(*) from act_ru_execution where proc_inst_id_ = ?")
                .param(traveller.instance())
                .query(Long.class)
                .single())
        .isZero();
    nothing(StuckKind.FACT_WITHOUT_TOKEN, sketch);
  }

  @Test
  void who_waits_at_the_door_too_long_is_let_in() {
    Sketch sketch = waits();
    Traveller traveller = travellers.somebody().waitsAtTheDoorAfter(sketch.entry());
    clock.advance(Duration.ofMinutes(10));

    mendOnly(StuckKind.ENROLMENT_WAITS, sketch, "");
    traveller.standsAt("Wait");
  }

  @Test
  void a_task_that_nobody_can_take_is_given_out_again() {
    Sketch sketch = task();
    Traveller traveller = enters(sketch);
    jdbc.sql("update act_ru_task set assignee_ = null where proc_inst_id_ = ?")
        .param(traveller.instance())
        .update();

    mendOnly(StuckKind.TASK_WITHOUT_HOLDER, sketch, "Task_A");
    assertThat(traveller.task("Task_A").getAssignee()).isEqualTo(Travellers.ADVISOR);
    traveller.advisorAnswers("Task_A", "agreed").left("completed");
  }

  @Test
  void a_task_the_work_list_does_not_know_is_given_out_again() {
    Sketch sketch = task();
    Traveller traveller = enters(sketch);
    jdbc.sql("delete from advisor_task where task_id = ?")
        .param(traveller.task("Task_A").getId())
        .update();

    mendOnly(StuckKind.TASK_UNKNOWN, sketch, "Task_A");
    traveller.advisorAnswers("Task_A", "agreed").left("completed");
  }

  @Test
  void a_task_the_engine_does_not_know_is_taken_back() {
    Sketch sketch = task();
    Traveller traveller = enters(sketch);
    jdbc.sql(
            """
            insert into advisor_task (task_id, customer_id, branch, participation_id, journey_key,
                                      node, title, outcomes, status, reason, created_at, due_at)
            select 'gone-' || task_id, customer_id, branch, participation_id, journey_key, node,
                   title, outcomes, 'open', reason, created_at, due_at
              from advisor_task where task_id = ?
            """)
        .param(traveller.task("Task_A").getId())
        .update();

    mendOnly(StuckKind.TASK_ORPHAN, sketch, "Task_A");
    traveller.advisorAnswers("Task_A", "agreed").left("completed");
  }

  @Test
  void a_message_nobody_will_ever_settle_counts_as_unknown() {
    Sketch sketch =
        Sketch.of("silent")
            .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
            .awaits("Settled", "message.settled")
            .way("Send", "Settled");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Settled");
    clock.advance(Duration.ofHours(1));
    nothing(StuckKind.MESSAGE_SILENT, sketch);
    jdbc.sql("delete from outbox where message_id = ?::uuid")
        .param(String.valueOf(traveller.variable("lastMessage")))
        .update();
    clock.advance(Duration.ofHours(24));

    mendOnly(StuckKind.MESSAGE_SILENT, sketch, "Settled");
    travellers.settle();
    traveller.left("completed");
  }

  @Test
  void an_instance_held_by_nothing_goes_on_and_hears_what_it_missed() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    travellers.runtime.suspendProcessInstanceById(traveller.instance());
    traveller.does("test.a").standsAt("Wait");

    mendOnly(StuckKind.SUSPENDED, sketch, "");
    clock.advance(Duration.ofMinutes(5));
    mendOnly(StuckKind.EVENT_LOST, sketch, "Wait");
    travellers.settle();
    traveller.left("completed");
  }

  @Test
  void an_event_that_never_came_to_who_waits_for_it_is_delivered() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    travellers.accept(traveller.ref(), "test.a", Map.of());
    jdbc.sql("delete from event_queue where customer_id = ?").param(traveller.id()).update();
    clock.advance(Duration.ofMinutes(5));

    mendOnly(StuckKind.EVENT_LOST, sketch, "Wait");
    travellers.settle();
    traveller.left("completed");
  }

  @Test
  void an_event_that_nobody_delivers_is_delivered() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    travellers.accept(traveller.ref(), "test.a", Map.of());
    clock.advance(Duration.ofMinutes(10));
    watchdog.look();

    Alert alert = alert(StuckKind.EVENT_WAITS, "", "");
    List<StuckCase> own =
        cases(alert).stream()
            .filter(one -> Long.valueOf(traveller.id()).equals(one.customerId()))
            .toList();
    assertThat(own).hasSize(1);
    mending.mend(StuckKind.EVENT_WAITS, own, REASON, "operator", ALL);
    traveller.left("completed");
  }

  @Test
  void a_row_of_the_books_that_contradicts_itself_is_put_right() {
    Sketch sketch = waits();
    Traveller traveller = enters(sketch);
    jdbc.sql("update node_visit set failed_since = entered_at where participation_id = ?")
        .param(traveller.participation().id())
        .update();
    jdbc.sql("update node_visit set outcome = null where participation_id = ? and node = 'Start'")
        .param(traveller.participation().id())
        .update();

    for (Alert alert : alertsOf(StuckKind.BOOKS, sketch)) {
      mend(alert);
    }
    nothing(StuckKind.BOOKS, sketch);
    assertThat(counts.of(traveller.participation().journeyVersionId(), ALL))
        .allSatisfy(
            node ->
                assertThat(node.entered())
                    .isEqualTo(node.waiting() + node.done() + node.failed() + node.withheld()));
  }

  @Test
  void who_waits_for_half_a_year_for_what_no_timer_ends_is_shown_to_a_person() {
    Sketch sketch = waits();
    enters(sketch);
    clock.advance(Duration.ofDays(181));

    found(StuckKind.STANDS_TOO_LONG, sketch, "Wait");
    assertThat(StuckKind.STANDS_TOO_LONG.mendable()).isFalse();
  }

  @Test
  void who_stands_rightly_is_no_case_of_any_kind() {
    Sketch sketch =
        Sketch.of("fine")
            .task("Task_A", "agreed")
            .reminder("Remind", "Task_A", "PT2H")
            .goal("test.goal")
            .end("Reminded")
            .flow("Remind", "Reminded")
            .awaits("Wait", "test.a")
            .timer("Pause", "P2D")
            .way("Task_A", "Pause", "Wait");
    sketch.publish(deployments, versions);
    Traveller first = enters(sketch);
    Traveller second = enters(sketch);
    Traveller third = enters(sketch);
    second.timeComes("Remind").advisorAnswers("Task_A", "agreed").standsAt("Pause");
    third.advisorHasAnswered("Task_A", "agreed");
    first.does("test.goal").left("goal");
    watchdog.look();

    assertThat(alerts.page(null, null, sketch.key(), ALL, 0, 50)).isEmpty();
  }

  @Test
  void what_got_well_by_itself_is_left_alone_and_its_alert_is_resolved() {
    Sketch sketch = pausesThenChecks();
    Traveller traveller = enters(sketch);
    clock.advance(Duration.ofHours(3));
    Alert alert = found(StuckKind.JOB_OVERDUE, sketch, "Pause");
    List<StuckCase> cases = cases(alert);
    traveller.timeComes("Pause").standsAt("Wait");

    assertThat(mending.mend(StuckKind.JOB_OVERDUE, cases, REASON, "operator", ALL).well())
        .isEqualTo(1);
    watchdog.look();
    assertThat(alerts.find(alert.id(), ALL).orElseThrow().status()).isEqualTo("resolved");
    assertThat(cases(alert)).isEmpty();
  }

  @Test
  void an_acknowledged_alert_opens_again_when_more_are_stuck() {
    Sketch sketch = pausesThenChecks();
    enters(sketch);
    clock.advance(Duration.ofHours(3));
    Alert alert = found(StuckKind.JOB_OVERDUE, sketch, "Pause");
    assertThat(alerts.acknowledge(alert.id(), "operator", "已通知机房", ALL)).isTrue();
    assertThat(alerts.acknowledge(alert.id(), "operator", "再次", ALL)).isFalse();
    watchdog.look();
    assertThat(alert(StuckKind.JOB_OVERDUE, sketch.key(), "Pause").status())
        .isEqualTo("acknowledged");

    enters(sketch);
    clock.advance(Duration.ofHours(3));
    assertThat(found(StuckKind.JOB_OVERDUE, sketch, "Pause").status()).isEqualTo("open");
  }

  @Test
  void another_branch_neither_sees_nor_mends() {
    Sketch sketch = pausesThenChecks();
    Traveller traveller = enters(sketch);
    clock.advance(Duration.ofHours(3));
    Alert alert = found(StuckKind.JOB_OVERDUE, sketch, "Pause");
    BranchScope elsewhere = BranchScope.of("XX99");

    assertThat(alerts.page(null, null, sketch.key(), elsewhere, 0, 50)).isEmpty();
    assertThat(alerts.find(alert.id(), elsewhere)).isEmpty();
    assertThat(alerts.cases(alert.id(), elsewhere, 0, 50)).isEmpty();
    assertThat(
            mending
                .mend(StuckKind.JOB_OVERDUE, cases(alert), REASON, "operator", elsewhere)
                .failed())
        .hasSize(1);
    traveller.standsAt("Pause");
    assertThat(alerts.find(alert.id(), BranchScope.of(Travellers.BRANCH))).isPresent();
  }

  @Test
  void without_a_reason_nothing_is_mended() {
    assertThatThrownBy(() -> mending.mend(StuckKind.NO_WAKER, List.of(), "好", "operator", ALL))
        .hasMessageContaining("原因");
  }

  @Test
  void a_look_costs_the_same_number_of_statements_however_many_are_inside() {
    Sketch sketch = waits();
    enters(sketch);
    watchdog.look();
    int few = statements.during(watchdog::look).size();
    for (int i = 0; i < 20; i++) {
      enters(sketch);
    }
    int many = statements.during(watchdog::look).size();

    assertThat(many).isEqualTo(few);
  }

  private Sketch waits() {
    Sketch sketch = Sketch.of("watch").awaits("Wait", "test.a").goal("test.goal").way("Wait");
    sketch.publish(deployments, versions);
    return sketch;
  }

  private Sketch task() {
    Sketch sketch = Sketch.of("watch").task("Task_A", "agreed").goal("test.goal").way("Task_A");
    sketch.publish(deployments, versions);
    return sketch;
  }

  private Sketch pausesThenChecks() {
    Sketch sketch =
        Sketch.of("watch").timer("Pause", "PT2H").awaits("Wait", "test.a").way("Pause", "Wait");
    sketch.publish(deployments, versions);
    return sketch;
  }

  private Traveller enters(Sketch sketch) {
    return travellers.somebody().does(sketch.entry());
  }

  private Traveller failing(Sketch sketch) {
    Traveller traveller = enters(sketch).breaksDownAt(sketch.key(), "f2");
    exhaust(traveller);
    return traveller;
  }

  private void exhaust(Traveller traveller) {
    Job job = management.createJobQuery().processInstanceId(traveller.instance()).singleResult();
    if (job.getRetries() == 0) {
      return;
    }
    clock.advance(Duration.ofHours(3));
    for (int i = 0; i < 5; i++) {
      try {
        management.executeJob(job.getId());
      } catch (RuntimeException expected) {
        assertThat(expected).isNotNull();
      }
    }
  }

  private Alert found(StuckKind kind, Sketch sketch, String node) {
    watchdog.look();
    return alert(kind, sketch.key(), node);
  }

  private List<Alert> alertsOf(StuckKind kind, Sketch sketch) {
    watchdog.look();
    List<Alert> found = alerts.page(null, kind, sketch.key(), ALL, 0, 50);
    assertThat(found).isNotEmpty();
    return found;
  }

  private Alert alert(StuckKind kind, String journey, String node) {
    List<Alert> found = alerts.page(null, null, journey, ALL, 0, 50);
    assertThat(found).extracting(Alert::kind, Alert::node).contains(tuple(kind, node));
    return found.stream()
        .filter(alert -> alert.kind() == kind && alert.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  private List<StuckCase> cases(Alert alert) {
    return alerts.cases(alert.id(), ALL, 0, 50);
  }

  private Mending.Report mend(Alert alert) {
    return mending.mend(alert.kind(), cases(alert), REASON, "operator", ALL);
  }

  /** Found as this and nothing else, mended, proved, and then found no more. */
  private void mendOnly(StuckKind kind, Sketch sketch, String node) {
    Alert alert = found(kind, sketch, node);
    assertThat(alert.cases()).isEqualTo(1);
    Mending.Report report = mend(alert);
    assertThat(report.failed()).isEmpty();
    assertThat(report.mended()).isEqualTo(1);
    assertThat(
            jdbc.sql("select count(*) from evidence where kind = 'journey_mended' and subject = ?")
                .param(subjectOf(alert))
                .query(Long.class)
                .single())
        .as("proof")
        .isEqualTo(1);
    nothing(kind, sketch);
  }

  private String subjectOf(Alert alert) {
    return cases(alert).get(0).subject();
  }

  private void nothing(StuckKind kind, Sketch sketch) {
    watchdog.look();
    assertThat(alerts.page(null, kind, sketch.key(), ALL, 0, 50)).isEmpty();
  }
}
