package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.platform.staff.BranchScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** Plans of migration: who may decide, in which waves they go, and who stays behind and why. */
class MigrationPlansTest extends Migrating {

  @Test
  void four_eyes_are_kept_by_the_command_and_by_the_table() {
    Sketch first = gateway(Sketch.of("mig"), "test.a", "P1D");
    JourneyVersion from = first.publish(deployments, versions);
    JourneyVersion to = gateway(first.next(), "test.a", "P2D").publish(deployments, versions);
    MigrationPlan plan = submitted(from, to);

    assertThatThrownBy(() -> plans.approve(plan.id(), plan.hash(), "author"))
        .isInstanceOf(JourneyRefusedException.class)
        .hasMessageContaining("作者不能审批");
    assertThatThrownBy(() -> plans.approve(plan.id(), "0".repeat(64), "officer"))
        .hasMessageContaining("不一致");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update migration_plan set status = 'approved', decided_by = author,"
                            + " decided_hash = hash where id = ?")
                    .param(plan.id())
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update migration_plan set status = 'running', decided_by = 'officer',"
                            + " decided_hash = 'other' where id = ?")
                    .param(plan.id())
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(work.runNext()).isZero();
  }

  @Test
  void who_cannot_go_is_listed_with_the_reason_and_holds_up_nobody() {
    Sketch first = Sketch.of("mig").awaits("Wait_A", "test.a").awaits("Wait_B", "test.b");
    first.way("Wait_A", "Wait_B");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller stays = travellers.somebody().does(first.entry()).does("test.a").standsAt("Wait_B");
    Traveller goes = travellers.somebody().does(first.entry()).standsAt("Wait_A");
    JourneyVersion to =
        first.next().awaits("Wait_A", "test.a").way("Wait_A").publish(deployments, versions);
    MigrationPlan draft = plans.begin(from.id(), to.id(), "author");
    assertThat(work.preview(draft))
        .anySatisfy(
            group -> {
              assertThat(group.nodes()).containsExactly("Wait_B");
              assertThat(group.refusal()).contains("没有对应到新版本");
            })
        .anySatisfy(
            group -> {
              assertThat(group.nodes()).containsExactly("Wait_A");
              assertThat(group.refusal()).isNull();
            });

    MigrationPlan plan = migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of());

    assertThat(plan.moved()).isEqualTo(1);
    assertThat(members.failures(plan.id(), BranchScope.everywhere(), 0, 10))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.participationId()).isEqualTo(stays.participation().id());
              assertThat(failure.reason()).contains("Wait_B", "没有对应到新版本");
            });
    stays.standsAt("Wait_B").does("test.b").left("completed");
    goes.standsAt("Wait_A").does("test.a").left("completed");
    booksBalance(goes, from, to);
  }

  @Test
  void events_that_come_while_customers_are_migrated_are_neither_lost_nor_answered_twice()
      throws Exception {
    Sketch first =
        Sketch.of("mig")
            .awaits("Wait", "test.a")
            .step("Send", "sendMessage", Map.of("template", WELCOME))
            .awaits("After", "test.z")
            .way("Wait", "Send", "After");
    JourneyVersion from = first.publish(deployments, versions);
    List<Traveller> crowd = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      crowd.add(travellers.somebody().does(first.entry()));
    }
    Sketch second =
        first
            .next()
            .awaits("Wait", "test.a")
            .step("Send_New", "sendMessage", Map.of("template", WELCOME))
            .awaits("After_New", "test.z");
    JourneyVersion to = second.way("Wait", "Send_New", "After_New").publish(deployments, versions);
    MigrationPlan plan =
        approved(from, to, Map.of("Wait", "Wait", "Send", "Send_New", "After", "After_New"), 5);
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> moving =
          threads.submit(
              () -> {
                together.await();
                while (work.runNext() > 0) {
                  Thread.yield();
                }
                return null;
              });
      Future<?> happening =
          threads.submit(
              () -> {
                together.await();
                crowd.forEach(one -> one.does("test.a"));
                return null;
              });
      moving.get(120, TimeUnit.SECONDS);
      happening.get(120, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    while (work.runNext() > 0) {
      // whoever lost against his event in the race goes now
    }
    travellers.settle();

    assertThat(plans.find(plan.id()).orElseThrow().status()).isEqualTo(MigrationStatus.DONE);
    assertThat(members.failures(plan.id(), BranchScope.everywhere(), 0, 50)).isEmpty();
    for (Traveller one : crowd) {
      assertThat(one.participation().journeyVersionId()).isEqualTo(to.id());
      one.standsAt("After_New");
      assertThat(messages(one)).as("one message each").isEqualTo(1);
      assertThat(proof(one)).as("moved once").hasSize(1);
      booksBalance(one, from, to);
    }
  }

  @Test
  void a_plan_goes_in_waves_stops_at_once_and_goes_on_where_it_stood() {
    Sketch first = gateway(Sketch.of("mig"), "test.a", "P10D");
    JourneyVersion from = first.publish(deployments, versions);
    for (int i = 0; i < 5; i++) {
      travellers.somebody().does(first.entry());
    }
    JourneyVersion to = gateway(first.next(), "test.a", "P20D").publish(deployments, versions);
    MigrationPlan plan = approved(from, to, null, 2, 60);

    assertThat(work.runNext()).isEqualTo(2);
    assertThat(work.runNext()).as("the next wave is not due").isZero();
    assertThat(plans.find(plan.id()).orElseThrow().moved()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(61));
    assertThat(work.runNext()).isEqualTo(2);
    runs.stop(plan.id(), "operator");
    clock.advance(Duration.ofSeconds(61));
    assertThat(work.runNext()).as("stopped").isZero();
    assertThat(members.rest(plan).inside()).isEqualTo(1);
    runs.resume(plan.id(), "operator");
    while (work.runNext() > 0) {
      clock.advance(Duration.ofSeconds(61));
    }

    MigrationPlan done = plans.find(plan.id()).orElseThrow();
    assertThat(done.status()).isEqualTo(MigrationStatus.DONE);
    assertThat(done.moved()).isEqualTo(5);
    assertThat(
            jdbc.sql(
                    "select count(*), count(distinct participation_id) from customer_move"
                        + " where plan_id = ?")
                .param(plan.id())
                .query((row, index) -> row.getInt(1) + "/" + row.getInt(2))
                .single())
        .isEqualTo("5/5");
  }

  @Test
  void who_is_held_is_left_and_goes_when_it_is_tried_again() {
    Sketch first = gateway(Sketch.of("mig"), "test.a", "P10D");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Gate");
    JourneyVersion to = gateway(first.next(), "test.a", "P20D").publish(deployments, versions);
    travellers.runtime.suspendProcessInstanceById(traveller.instance());

    MigrationPlan plan = migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of());
    assertThat(members.failures(plan.id(), BranchScope.everywhere(), 0, 10))
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).contains("召回或暂停"));
    travellers.runtime.activateProcessInstanceById(traveller.instance());
    runs.retryFailed(plan.id(), "operator");
    while (work.runNext() > 0) {
      // until nobody is left to try
    }

    assertThat(traveller.participation().journeyVersionId()).isEqualTo(to.id());
    traveller.does("test.a").left("completed");
  }
}
