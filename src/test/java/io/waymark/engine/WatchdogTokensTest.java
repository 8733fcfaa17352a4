package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.watch.Alert;
import io.waymark.engine.watch.StuckKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens, facts, participations and instances that contradict each other, found and mended. */
@WithTravellers
class WatchdogTokensTest extends WatchedJourneys {

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
}
