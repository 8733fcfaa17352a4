package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.watch.Alert;
import io.waymark.engine.watch.StuckCase;
import io.waymark.engine.watch.StuckKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs, tasks, messages, events and wishes that nobody does, found and done. */
@WithTravellers
class WatchdogWorkTest extends WatchedJourneys {

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
}
