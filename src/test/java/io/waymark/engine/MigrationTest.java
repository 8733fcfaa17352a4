package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeCounts;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.OverdueTimers;
import io.waymark.journey.migration.MigrationMembers;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationPlans;
import io.waymark.journey.migration.MigrationRuns;
import io.waymark.journey.migration.MigrationSettings;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.MigrationWork;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers go from one version of a journey to another: none lost, none told anything twice. */
@WithTravellers
class MigrationTest {

  private static final String WELCOME = "onboarding-welcome-sms";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired MigrationPlans plans;
  @Autowired MigrationRuns runs;
  @Autowired MigrationWork work;
  @Autowired MigrationMembers members;
  @Autowired OverdueTimers overdue;
  @Autowired NodeCounts counts;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void who_waits_for_an_event_or_a_time_goes_along_with_his_timer_and_hears_the_event_there() {
    Sketch first = gateway(Sketch.of("mig"), "test.a", "P10D");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Gate");
    Instant due = traveller.job("Late").getDuedate().toInstant();
    clock.advance(Duration.ofDays(3));
    Sketch second = gateway(first.next(), "test.a", "P20D").set("priority", "61");
    JourneyVersion to = second.publish(deployments, versions);

    MigrationPlan plan = migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of());

    assertThat(plan.status()).isEqualTo(MigrationStatus.DONE);
    assertThat(plan.moved()).isEqualTo(1);
    traveller.standsAt("Gate");
    assertThat(traveller.participation().journeyVersionId()).isEqualTo(to.id());
    assertThat(traveller.job("Late").getDuedate().toInstant()).as("kept").isEqualTo(due);
    booksBalance(traveller, from, to);
    assertThat(node(from, "Gate")).isEqualTo("1=0+1+0+0");
    assertThat(node(to, "Gate")).isEqualTo("1=1+0+0+0");
    traveller.does("test.a").left("completed");
    booksBalance(traveller, from, to);
    assertThat(proof(traveller)).singleElement().asString().contains("migrate");
  }

  @Test
  void timers_are_counted_anew_when_that_was_chosen() {
    Sketch first = gateway(Sketch.of("mig"), "test.a", "P10D");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Gate");
    clock.advance(Duration.ofDays(3));
    JourneyVersion to = gateway(first.next(), "test.a", "P20D").publish(deployments, versions);

    migrate(from, to, TimerChoice.ANEW, OverdueChoice.FIRE, Map.of());

    assertThat(traveller.job("Late").getDuedate().toInstant())
        .isEqualTo(clock.instant().plus(Duration.ofDays(20)));
    traveller.timeComes("Late").left("completed");
  }

  @Test
  void renamed_waits_follow_the_drawn_map_and_await_what_the_new_version_names() {
    Sketch first = Sketch.of("mig").awaits("Wait_Old", "test.a").way("Wait_Old");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Wait_Old");
    JourneyVersion to =
        first.next().awaits("Wait_New", "test.b").way("Wait_New").publish(deployments, versions);

    MigrationPlan lost = migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of("x", "x"));
    assertThat(lost.status()).as("nothing to submit").isEqualTo(MigrationStatus.DRAFT);
    migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of("Wait_Old", "Wait_New"));

    traveller.standsAt("Wait_New").does("test.a").standsAt("Wait_New");
    traveller.does("test.b").left("completed");
    booksBalance(traveller, from, to);
  }

  @Test
  void what_the_customer_did_before_the_new_version_awaited_it_counts_after_the_migration() {
    Sketch first = Sketch.of("mig").awaits("Wait", "test.a").way("Wait");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).does("test.b").standsAt("Wait");
    JourneyVersion to =
        first.next().awaits("Wait", "test.b").way("Wait").publish(deployments, versions);

    migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of());
    travellers.settle();

    traveller.left("completed");
  }

  @Test
  void a_task_stays_with_its_advisor_and_is_answered_as_the_new_version_draws_it() {
    Sketch first =
        Sketch.of("mig").task("Call", "reached").reminder("Remind", "Call", "P2D").end("Told");
    first.flow("Remind", "Told").way("Call");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Call");
    String task = traveller.task("Call").getId();
    Sketch second =
        first
            .next()
            .task("Talk", "reached", "later")
            .reminder("Nudge", "Talk", "P2D")
            .end("Told")
            .flow("Nudge", "Told")
            .way("Talk");
    JourneyVersion to = second.publish(deployments, versions);

    migrate(
        from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of("Call", "Talk", "Remind", "Nudge"));

    traveller.standsAt("Talk");
    assertThat(traveller.task("Talk").getId()).isEqualTo(task);
    traveller.timeComes("Nudge").standsAt("Talk");
    traveller.advisorAnswers("Talk", "later").left("completed");
    booksBalance(traveller, from, to);
  }

  @Test
  void goals_and_a_wait_inside_an_event_sub_process_go_along() {
    Sketch first = Sketch.of("mig").goal("test.goal").awaits("Wait", "test.a").way("Wait");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Wait");
    JourneyVersion to =
        first
            .next()
            .goal("test.other")
            .awaits("Wait", "test.a")
            .way("Wait")
            .publish(deployments, versions);

    migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of());

    traveller.standsAt("Wait").does("test.goal").standsAt("Wait").does("test.other").left("goal");
    booksBalance(traveller, from, to);
  }

  @Test
  void who_is_brought_back_before_a_message_he_heard_does_not_hear_it_again() {
    Sketch first =
        Sketch.of("mig")
            .awaits("Before", "test.go")
            .step("Send", "sendMessage", Map.of("template", WELCOME))
            .awaits("After", "test.a")
            .way("Before", "Send", "After");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller heard = travellers.somebody().does(first.entry()).does("test.go").standsAt("After");
    Traveller notYet = travellers.somebody().does(first.entry()).standsAt("Before");
    JourneyVersion to =
        first
            .next()
            .awaits("Start_Again", "test.again")
            .step("Send_Renamed", "sendMessage", Map.of("template", WELCOME))
            .awaits("After", "test.a")
            .way("Start_Again", "Send_Renamed", "After")
            .publish(deployments, versions);

    migrate(
        from,
        to,
        TimerChoice.KEEP,
        OverdueChoice.FIRE,
        Map.of("Before", "Start_Again", "After", "Start_Again"),
        true);
    heard.standsAt("Start_Again").does("test.again").standsAt("After");
    notYet.standsAt("Start_Again").does("test.again").standsAt("After");

    assertThat(messages(heard)).as("one message in all").isEqualTo(1);
    assertThat(messages(notYet)).isEqualTo(1);
    assertThat(heard.variable("lastMessage")).isNotNull();
    booksBalance(heard, from, to);
  }

  @Test
  void a_message_that_comes_round_in_a_loop_is_sent_each_time_also_after_a_migration() {
    Sketch first = loop(Sketch.of("mig"));
    JourneyVersion from = first.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Wait");
    traveller.does("test.go").standsAt("Wait");
    JourneyVersion to = loop(first.next().set("priority", "62")).publish(deployments, versions);

    migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of());
    traveller.does("test.go").standsAt("Wait");

    assertThat(messages(traveller)).isEqualTo(3);
    booksBalance(traveller, from, to);
  }

  @Test
  void overdue_timers_are_dropped_held_or_spread_as_chosen() {
    for (OverdueChoice choice : OverdueChoice.values()) {
      Sketch first = gateway(Sketch.of("mig"), "test.a", "P1D");
      JourneyVersion from = first.publish(deployments, versions);
      Traveller traveller = travellers.somebody().does(first.entry()).standsAt("Gate");
      clock.advance(Duration.ofDays(2));
      JourneyVersion to =
          gateway(first.next().set("priority", "63"), "test.a", "P1D")
              .publish(deployments, versions);
      assertThat(overdue.count(first.key(), clock.instant())).isEqualTo(1);

      migrate(from, to, TimerChoice.KEEP, choice, Map.of());

      switch (choice) {
        case FIRE -> {
          assertThat(overdue.count(first.key(), clock.instant())).isEqualTo(1);
          traveller.timeComes("Late").left("completed");
        }
        case SPREAD -> {
          assertThat(traveller.job("Late").getDuedate().toInstant())
              .isAfter(clock.instant())
              .isBefore(clock.instant().plus(Duration.ofMinutes(61)));
          traveller.timeComes("Late").left("completed");
        }
        case SKIP -> {
          assertThat(timers(traveller)).isZero();
          traveller.standsAt("Gate").does("test.a").left("completed");
        }
        case ASK -> {
          assertThat(overdue.count(first.key(), clock.instant())).isZero();
          assertThat(overdue.held(first.key(), BranchScope.everywhere(), 0, 10))
              .singleElement()
              .satisfies(
                  held -> {
                    assertThat(held.node()).isEqualTo("Gate");
                    assertThat(held.timer()).isEqualTo("Late");
                    assertThat(held.dueAt()).isBefore(clock.instant());
                  });
          traveller.standsAt("Gate").does("test.a").left("completed");
        }
      }
    }
  }

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

  private MigrationPlan approved(
      JourneyVersion from, JourneyVersion to, Map<String, String> map, int wave) {
    return approved(from, to, map, wave, 0);
  }

  private MigrationPlan approved(
      JourneyVersion from,
      JourneyVersion to,
      @Nullable Map<String, String> map,
      int wave,
      int pause) {
    MigrationPlan plan = plans.begin(from.id(), to.id(), "author");
    plan =
        plans.save(
            plan.id(),
            plan.hash(),
            new MigrationSettings(
                map == null ? plan.settings().map() : map,
                TimerChoice.KEEP,
                OverdueChoice.FIRE,
                null,
                wave,
                pause,
                null,
                "改版后统一流程"),
            "author");
    plans.submit(plan.id(), plan.hash(), "author");
    plans.approve(plan.id(), plan.hash(), "officer");
    return plans.find(plan.id()).orElseThrow();
  }

  private static Sketch gateway(Sketch sketch, String event, String duration) {
    return sketch
        .add("<bpmn:startEvent id=\"Start\"/><bpmn:eventBasedGateway id=\"Gate\"/>")
        .flow("Start", "Gate")
        .awaits("Came", event)
        .timer("Late", duration)
        .flow("Gate", "Came")
        .flow("Gate", "Late")
        .end("End_Came")
        .end("End_Late")
        .flow("Came", "End_Came")
        .flow("Late", "End_Late");
  }

  private static Sketch loop(Sketch sketch) {
    return sketch
        .step("Send", "sendMessage", Map.of("template", WELCOME))
        .awaits("Wait", "test.go")
        .gateway("Gw", "Send")
        .flow("Gw", "End", "${lastMessage == 'none'}")
        .flow("Start", "Send")
        .flow("Send", "Wait")
        .flow("Wait", "Gw")
        .add("<bpmn:startEvent id=\"Start\"/>")
        .end("End");
  }

  private MigrationPlan submitted(JourneyVersion from, JourneyVersion to) {
    MigrationPlan plan = plans.begin(from.id(), to.id(), "author");
    plan =
        plans.save(
            plan.id(),
            plan.hash(),
            settings(plan.settings().map(), TimerChoice.KEEP, OverdueChoice.FIRE),
            "author");
    plans.submit(plan.id(), plan.hash(), "author");
    return plans.find(plan.id()).orElseThrow();
  }

  private MigrationPlan migrate(
      JourneyVersion from,
      JourneyVersion to,
      TimerChoice timers,
      OverdueChoice choice,
      Map<String, String> more) {
    return migrate(from, to, timers, choice, more, false);
  }

  /** The whole way: drawn, submitted, approved by somebody else, worked off. */
  private MigrationPlan migrate(
      JourneyVersion from,
      JourneyVersion to,
      TimerChoice timers,
      OverdueChoice choice,
      Map<String, String> more,
      boolean only) {
    MigrationPlan plan = plans.begin(from.id(), to.id(), "author");
    Map<String, String> map = new HashMap<>(only ? Map.of() : plan.settings().map());
    map.putAll(more);
    plan = plans.save(plan.id(), plan.hash(), settings(map, timers, choice), "author");
    try {
      plans.submit(plan.id(), plan.hash(), "author");
    } catch (JourneyRefusedException refused) {
      return plans.find(plan.id()).orElseThrow();
    }
    plans.approve(plan.id(), plan.hash(), "officer");
    while (work.runNext() > 0) {
      // until nobody is left to try
    }
    return plans.find(plan.id()).orElseThrow();
  }

  private static MigrationSettings settings(
      Map<String, String> map, TimerChoice timers, OverdueChoice choice) {
    @Nullable Integer spread = choice == OverdueChoice.SPREAD ? 60 : null;
    return new MigrationSettings(map, timers, choice, spread, 500, 0, null, "改版后统一流程");
  }

  private void booksBalance(Traveller traveller, JourneyVersion... both) {
    assertThat(traveller.openVisits()).containsExactlyInAnyOrderElementsOf(traveller.standsAt());
    for (JourneyVersion version : both) {
      assertThat(counts.of(version.id(), BranchScope.everywhere()))
          .allSatisfy(
              one ->
                  assertThat(one.entered())
                      .as(one.node())
                      .isEqualTo(one.waiting() + one.done() + one.failed() + one.withheld()));
    }
  }

  private String node(JourneyVersion version, String node) {
    return counts.of(version.id(), BranchScope.everywhere()).stream()
        .filter(one -> one.node().equals(node))
        .map(
            one ->
                "%d=%d+%d+%d+%d"
                    .formatted(
                        one.entered(), one.waiting(), one.done(), one.failed(), one.withheld()))
        .findFirst()
        .orElse("never");
  }

  private long messages(Traveller traveller) {
    return jdbc.sql("select count(*) from message where customer_id = ?")
        .param(traveller.id())
        .query(Long.class)
        .single();
  }

  private long timers(Traveller traveller) {
    return jdbc.sql("select count(*) from act_ru_job where process_instance_id_ = ?")
        .param(traveller.instance())
        .query(Long.class)
        .single();
  }

  private List<String> proof(Traveller traveller) {
    return jdbc.sql(
            "select facts::text from evidence where customer_id = ? and kind = 'customer_moved'")
        .param(traveller.id())
        .query(String.class)
        .list();
  }
}
