package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.platform.staff.BranchScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of customers who are brought to another version: waits, timers, tasks, messages. */
class MigrationTest extends Migrating {

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
  void who_stands_in_an_event_sub_process_goes_along_and_it_opens_for_the_others_there() {
    Sketch first = gateway(Sketch.of("mig"), "test.a", "P10D").aside("test.talk", "Talk", "test.b");
    JourneyVersion from = first.publish(deployments, versions);
    Traveller aside = travellers.somebody().does(first.entry()).does("test.talk");
    assertThat(waits(aside)).containsExactly("Sub_Aside", "Talk");
    Traveller waiting = travellers.somebody().does(first.entry()).standsAt("Gate");
    JourneyVersion to =
        gateway(first.next(), "test.a", "P20D")
            .aside("test.talk", "Talk_New", "test.c")
            .publish(deployments, versions);

    MigrationPlan plan =
        migrate(from, to, TimerChoice.KEEP, OverdueChoice.FIRE, Map.of("Talk", "Talk_New"));

    assertThat(plan.moved()).isEqualTo(2);
    assertThat(waits(aside.does("test.b")))
        .as("what v1 awaited")
        .containsExactly("Sub_Aside", "Talk_New");
    aside.does("test.c").left("completed");
    assertThat(waits(waiting.standsAt("Gate").does("test.talk")))
        .containsExactly("Sub_Aside", "Talk_New");
    waiting.does("test.c").left("completed");
    booksBalance(aside, from, to);
    booksBalance(waiting, from, to);
  }

  private List<String> waits(Traveller traveller) {
    long id = traveller.participation().id();
    return travellers.visits.open(List.of(id)).getOrDefault(id, List.of());
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
}
