package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.OverdueHandling;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationSettings;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.platform.staff.BranchScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may do what to a plan of migration, at the command itself, and what each act proves. */
class MigrationDoorsTest extends Migrating {

  private static final BranchScope ELSEWHERE = BranchScope.of("XX99");

  @Autowired TransactionTemplate transaction;

  private static void refused(String code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            JourneyRefusedException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private record Two(Sketch drawing, JourneyVersion from, JourneyVersion to) {}

  private Two two() {
    Sketch first = gateway(Sketch.of("door"), "test.a", "P10D");
    JourneyVersion from = first.publish(deployments, versions);
    travellers.somebody().does(first.entry());
    Sketch second = gateway(first.next(), "test.a", "P20D");
    return new Two(second, from, second.publish(deployments, versions));
  }

  private static MigrationSettings settings(Map<String, String> map, String reason) {
    return new MigrationSettings(
        map, TimerChoice.KEEP, OverdueChoice.FIRE, null, 1, 60, null, reason);
  }

  private List<String> proofs(MigrationPlan plan) {
    return jdbc.sql(
            """
            select facts::jsonb->>'act' || ' by ' || actor from evidence
             where kind = 'migration_decided' and subject = ? order by id
            """)
        .param("migration:" + plan.id())
        .query(String.class)
        .list();
  }

  @Test
  void only_its_author_changes_a_draft_hands_it_in_and_takes_it_back_and_only_what_he_saw() {
    Two two = two();
    MigrationPlan draft = plans.begin(two.from().id(), two.to().id(), "author");
    MigrationSettings settings = settings(draft.settings().map(), "改版后统一");
    refused("wrong_status", () -> plans.save(draft.id(), draft.hash(), settings, "other"));
    refused("wrong_status", () -> plans.save(draft.id(), "0".repeat(64), settings, "author"));
    MigrationPlan saved = plans.save(draft.id(), draft.hash(), settings, "author");
    refused("wrong_status", () -> plans.save(draft.id(), draft.hash(), settings, "author"));
    refused("wrong_status", () -> plans.submit(draft.id(), saved.hash(), "other"));
    refused("wrong_status", () -> plans.submit(draft.id(), draft.hash(), "author"));
    plans.submit(draft.id(), saved.hash(), "author");
    refused("wrong_status", () -> plans.save(draft.id(), saved.hash(), settings, "author"));
    refused("wrong_status", () -> plans.withdraw(draft.id(), "other"));
    plans.withdraw(draft.id(), "author");
    refused("wrong_status", () -> plans.approve(draft.id(), saved.hash(), "officer"));

    assertThat(proofs(draft)).containsExactly("submitted by author", "withdrawn by author");
  }

  @Test
  void without_a_reason_a_map_or_a_version_in_force_nothing_is_handed_in() {
    Two two = two();
    JourneyVersion draft = two.drawing().set("priority", "61").deploy(deployments, versions);
    JourneyVersion elsewhere =
        Sketch.of("door").awaits("Wait", "test.a").way("Wait").publish(deployments, versions);
    refused("other_journey", () -> plans.begin(two.from().id(), two.from().id(), "author"));
    refused("other_journey", () -> plans.begin(two.from().id(), elsewhere.id(), "author"));
    refused("target_not_approved", () -> plans.begin(two.from().id(), draft.id(), "author"));

    MigrationPlan plan = plans.begin(two.from().id(), two.to().id(), "author");
    MigrationPlan mute =
        plans.save(plan.id(), plan.hash(), settings(plan.settings().map(), "改"), "author");
    refused("reason_missing", () -> plans.submit(plan.id(), mute.hash(), "author"));
    MigrationPlan empty = plans.save(plan.id(), mute.hash(), settings(Map.of(), "改版后统一"), "author");
    refused("map_problem", () -> plans.submit(plan.id(), empty.hash(), "author"));
    MigrationPlan wrong =
        plans.save(plan.id(), empty.hash(), settings(Map.of("Gate", "Came"), "改版后统一"), "author");
    refused("map_problem", () -> plans.submit(plan.id(), wrong.hash(), "author"));
    assertThat(proofs(plan)).isEmpty();
  }

  @Test
  void what_was_decided_is_proved_with_who_did_it_and_a_version_that_ended_is_no_target() {
    Two two = two();
    MigrationPlan rejected = submitted(two.from(), two.to());
    refused("author_may_not_approve", () -> plans.reject(rejected.id(), rejected.hash(), "author"));
    refused("content_changed", () -> plans.reject(rejected.id(), "0".repeat(64), "officer"));
    plans.reject(rejected.id(), rejected.hash(), "officer");
    assertThat(proofs(rejected)).containsExactly("submitted by author", "rejected by officer");

    MigrationPlan plan = approved(two.from(), two.to(), null, 1, 60);
    refused("wrong_status", () -> plans.withdraw(plan.id(), "author"));
    refused("wrong_status", () -> runs.resume(plan.id(), "operator"));
    refused("wrong_status", () -> runs.retryFailed(plan.id(), "operator"));
    refused("wrong_status", () -> runs.giveUp(plan.id(), "operator"));
    runs.stop(plan.id(), "operator");
    refused("wrong_status", () -> runs.stop(plan.id(), "operator"));
    runs.resume(plan.id(), "operator");
    runs.stop(plan.id(), "operator");
    MigrationPlan late = submitted(two.from(), two.to());
    refused("another_runs", () -> plans.approve(late.id(), late.hash(), "officer"));

    two.drawing().set("priority", "63").publish(deployments, versions);
    refused("target_not_approved", () -> runs.resume(plan.id(), "operator"));
    refused("target_not_approved", () -> runs.retryFailed(plan.id(), "operator"));
    runs.giveUp(plan.id(), "operator");
    refused("target_not_approved", () -> plans.approve(late.id(), late.hash(), "officer"));
    assertThat(plans.find(plan.id()).orElseThrow().status()).isEqualTo(MigrationStatus.DONE);
    assertThat(proofs(plan))
        .containsExactly(
            "submitted by author",
            "approved by officer",
            "stopped by operator",
            "resumed by operator",
            "stopped by operator",
            "given_up by operator");
  }

  @Test
  void who_stays_behind_who_drains_and_whose_timer_is_overdue_is_shown_to_his_branch_alone() {
    Sketch first = gateway(Sketch.of("door"), "test.a", "P1D");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Gate");
    JourneyVersion to = gateway(first.next(), "test.a", "P20D").publish(deployments, versions);
    travellers.runtime.suspendProcessInstanceById(traveller.instance());
    MigrationPlan plan = migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of());
    BranchScope here = BranchScope.of(Travellers.BRANCH);
    refused("wrong_status", () -> runs.resume(plan.id(), "operator"));

    assertThat(members.failures(plan.id(), here, 0, 9)).hasSize(1);
    assertThat(members.failures(plan.id(), ELSEWHERE, 0, 9)).isEmpty();
    assertThat(members.draining(first.key(), to.id(), here)).hasSize(1);
    assertThat(members.draining(first.key(), to.id(), ELSEWHERE)).isEmpty();
    travellers.runtime.activateProcessInstanceById(traveller.instance());
    clock.advance(Duration.ofDays(2));
    assertThat(overdue.list(first.key(), here, clock.instant(), 0, 9)).hasSize(1);
    assertThat(overdue.list(first.key(), ELSEWHERE, clock.instant(), 0, 9)).isEmpty();
  }

  @Test
  void what_becomes_of_an_overdue_timer_is_proved_whatever_was_chosen() {
    Sketch sketch = gateway(Sketch.of("door"), "test.a", "P1D");
    sketch.publish(deployments, versions);
    Traveller held = travellers.somebody().does(sketch.entry()).standsAt("Gate");
    clock.advance(Duration.ofDays(2));
    long id = held.participation().id();

    settle(id, OverdueChoice.ASK);
    assertThat(overdue.held(sketch.key(), ELSEWHERE, 0, 9)).isEmpty();
    overdue.decide(List.of(id), handling(OverdueChoice.FIRE), BranchScope.everywhere());
    settle(id, OverdueChoice.SKIP);

    assertThat(
            jdbc.sql("select act from customer_move where participation_id = ? order by id")
                .param(id)
                .query(String.class)
                .list())
        .containsExactly("timer_hold", "timer_release", "timer_drop");
    assertThat(proof(held)).hasSize(3);
  }

  @Test
  void a_timer_that_is_the_only_way_on_is_held_and_never_dropped() {
    Sketch sketch = Sketch.of("door").timer("Pause", "P1D").way("Pause");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Pause");
    clock.advance(Duration.ofDays(2));
    long id = traveller.participation().id();

    settle(id, OverdueChoice.SKIP);
    assertThat(timers(traveller)).as("he would stand for ever").isEqualTo(1);
    assertThat(overdue.held(sketch.key(), BranchScope.everywhere(), 0, 9)).hasSize(1);
    assertThat(overdue.decide(List.of(id), handling(OverdueChoice.SKIP), BranchScope.everywhere()))
        .isZero();
    refused(
        "decide_not_ask",
        () -> overdue.decide(List.of(id), handling(OverdueChoice.ASK), BranchScope.everywhere()));
    overdue.decide(List.of(id), handling(OverdueChoice.FIRE), BranchScope.everywhere());
    traveller.timeComes("Pause").left("completed");
  }

  private void settle(long participation, OverdueChoice choice) {
    transaction.executeWithoutResult(
        status -> overdue.settle(List.of(participation), handling(choice)));
  }

  private OverdueHandling handling(OverdueChoice choice) {
    return new OverdueHandling(choice, null, clock.instant(), "operator", "节后统一处理");
  }
}
