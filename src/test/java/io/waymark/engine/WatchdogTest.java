package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.watch.Alert;
import io.waymark.engine.watch.StuckCase;
import io.waymark.engine.watch.StuckKind;
import io.waymark.platform.staff.BranchScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the watch leaves alone, who sees what it found, and what a look costs. */
@WithTravellers
class WatchdogTest extends WatchedJourneys {

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
}
