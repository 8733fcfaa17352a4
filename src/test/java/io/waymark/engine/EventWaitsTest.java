package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.event.EventQueue;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.event.InternalEvent;
import io.waymark.engine.run.EventDelivery;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.EnrolmentRunner;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Purpose;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No event is lost and none used twice, however it and its wait come about. */
@WithTravellers
class EventWaitsTest {

  private static final int RACES = 50;

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired EventDelivery delivery;
  @Autowired EnrolmentRunner enrolments;
  @Autowired EventQueue queue;
  @Autowired Audiences audiences;
  @Autowired ManagementService management;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @BeforeEach
  void empty_the_queue() {
    travellers.open();
    travellers.settle();
  }

  private Sketch published(Sketch sketch) {
    sketch.publish(deployments, versions);
    return sketch;
  }

  private Sketch twoWaits() {
    return published(
        Sketch.of("waits")
            .awaits("Wait_A", "test.a")
            .awaits("Wait_B", "test.b")
            .way("Wait_A", "Wait_B")
            .goal("test.goal"));
  }

  /** Several events in one delivery of the outside system, none delivered to journeys yet. */
  private void happen(Traveller traveller, String... types) {
    Travellers.must(
        travellers.events.accept(
            "test",
            Stream.of(types)
                .map(
                    type ->
                        new IncomingEvent(
                            UUID.randomUUID().toString(),
                            traveller.ref(),
                            type,
                            clock.instant(),
                            Map.of()))
                .toList()));
  }

  private void deliverAll() {
    while (delivery.deliverNext() > 0) {
      // Until nothing is due.
    }
  }

  @Test
  void an_event_that_comes_before_its_wait_is_found_when_the_wait_begins() {
    Sketch sketch = twoWaits();

    travellers
        .somebody()
        .does(sketch.entry())
        .does("test.b")
        .standsAt("Wait_A")
        .does("test.a")
        .left("completed");
  }

  @Test
  void an_event_that_overtakes_the_entry_it_follows_is_not_lost() {
    Sketch sketch = twoWaits();
    Traveller traveller = travellers.somebody();

    happen(traveller, sketch.entry(), "test.a");
    deliverAll();
    assertThat(travellers.participations(traveller.id())).as("still queued for entry").isEmpty();
    travellers.settle();

    traveller.standsAt("Wait_B");
  }

  @Test
  void a_goal_reached_while_queued_for_entry_ends_the_journey() {
    Sketch sketch = twoWaits();
    Traveller traveller = travellers.somebody();

    happen(traveller, sketch.entry(), "test.goal");
    deliverAll();
    travellers.settle();

    traveller.left("goal");
  }

  @Test
  void what_happened_before_entering_wakes_nobody() {
    Sketch sketch = twoWaits();

    travellers.somebody().does("test.a").does("test.goal").does(sketch.entry()).standsAt("Wait_A");
  }

  @Test
  void two_events_of_one_customer_in_one_batch_move_him_twice() {
    Sketch sketch = twoWaits();
    Traveller traveller = travellers.somebody().does(sketch.entry());

    happen(traveller, "test.a", "test.b");
    assertThat(delivery.deliverNext()).isEqualTo(2);

    traveller.left("completed");
  }

  @Test
  void one_event_serves_one_wait_however_often_it_is_delivered() {
    Sketch sketch =
        published(
            Sketch.of("twice")
                .awaits("First", "test.a")
                .awaits("Second", "test.a")
                .way("First", "Second"));
    Traveller traveller = travellers.somebody().does(sketch.entry()).does("test.a");
    traveller.standsAt("Second");

    queue.redeliver(lastSeq(traveller, "test.a"), traveller.participation().id());
    travellers.settle();

    traveller.standsAt("Second").does("test.a").left("completed");
  }

  @Test
  void a_goal_comes_before_the_wait_the_customer_stands_on() {
    Sketch sketch =
        published(Sketch.of("both").awaits("Wait", "test.goal").way("Wait").goal("test.goal"));

    travellers.somebody().does(sketch.entry()).standsAt("Wait").does("test.goal").left("goal");
  }

  @Test
  void two_journeys_of_one_customer_each_get_the_event() {
    Sketch one = twoWaits();
    Sketch other = twoWaits();
    Traveller traveller = travellers.somebody().does(one.entry()).does(other.entry());

    traveller.does("test.a").does("test.b");

    assertThat(travellers.participations(traveller.id()))
        .hasSize(2)
        .allSatisfy(participation -> assertThat(participation.leftAt()).isNotNull());
  }

  @Test
  void the_last_word_on_an_older_message_does_not_wake_the_wait_for_a_newer_one() {
    Sketch sketch =
        published(
            Sketch.of("settled")
                .step("Send_1", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
                .awaits("Wait_1", "message.settled")
                .step("Send_2", "sendMessage", Map.of("template", "onboarding-welcome-email"))
                .awaits("Wait_2", "message.settled")
                .way("Send_1", "Wait_1", "Send_2", "Wait_2"));
    Traveller traveller = travellers.somebody().does(sketch.entry());
    String first = String.valueOf(traveller.variable("lastMessage"));
    traveller.messageSettles("delivered").standsAt("Wait_2");

    settled(traveller, Map.of("messageId", first, "outcome", "failed"));
    traveller.standsAt("Wait_2");
    settled(traveller, Map.of("outcome", "failed"));
    traveller.standsAt("Wait_2");
    assertThat(traveller.variable("messageOutcome")).isEqualTo("delivered");

    traveller.messageSettles("sent").left("completed");
  }

  @Test
  void an_outcome_that_is_no_code_never_becomes_a_variable() {
    Sketch sketch =
        published(
            Sketch.of("outcome")
                .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
                .awaits("Wait", "message.settled")
                .awaits("Rest", "test.a")
                .way("Send", "Wait", "Rest"));
    Traveller traveller = travellers.somebody().does(sketch.entry());
    String message = String.valueOf(traveller.variable("lastMessage"));

    settled(
        traveller, Map.of("messageId", message, "outcome", Map.of("name", "张三", "mobile", "139")));

    traveller.standsAt("Rest");
    assertThat(traveller.variable("messageOutcome")).isNull();
  }

  private void settled(Traveller traveller, Map<String, Object> properties) {
    travellers.events.record(
        List.of(
            new InternalEvent(
                "test",
                UUID.randomUUID().toString(),
                traveller.id(),
                Travellers.BRANCH,
                "message.settled",
                clock.instant(),
                properties)));
    travellers.settle();
  }

  @Test
  void an_event_and_its_wait_may_race_and_meet_exactly_once() throws Exception {
    Sketch sketch =
        published(
            Sketch.of("race")
                .timer("Timer", "P1D")
                .awaits("Wait", "test.a")
                .awaits("Again", "test.a")
                .way("Timer", "Wait", "Again"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < RACES; i++) {
        Traveller traveller = travellers.somebody().does(sketch.entry());
        String timer =
            management
                .createJobQuery()
                .processInstanceId(traveller.instance())
                .singleResult()
                .getId();
        CyclicBarrier together = new CyclicBarrier(2);
        Future<?> wait =
            threads.submit(
                () -> {
                  together.await();
                  management.executeJob(timer);
                  return null;
                });
        Future<?> event =
            threads.submit(
                () -> {
                  together.await();
                  happen(traveller, "test.a");
                  deliverAll();
                  return null;
                });
        wait.get(30, TimeUnit.SECONDS);
        event.get(30, TimeUnit.SECONDS);
        travellers.settle();

        traveller.standsAt("Again");
        assertThat(uses(traveller)).as("race %d", i).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void an_event_and_an_entry_may_race_and_nothing_is_lost() throws Exception {
    Sketch sketch = twoWaits();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < RACES; i++) {
        Traveller traveller = travellers.somebody();
        happen(traveller, sketch.entry());
        deliverAll();
        CyclicBarrier together = new CyclicBarrier(2);
        Future<?> entry =
            threads.submit(
                () -> {
                  together.await();
                  enrolments.runNext();
                  return null;
                });
        Future<?> event =
            threads.submit(
                () -> {
                  together.await();
                  happen(traveller, "test.a");
                  deliverAll();
                  return null;
                });
        entry.get(30, TimeUnit.SECONDS);
        event.get(30, TimeUnit.SECONDS);
        travellers.settle();

        traveller.standsAt("Wait_B");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_delivery_that_fails_is_put_back_with_its_reason_and_holds_up_nobody_else() {
    String audience = "late-" + UUID.randomUUID().toString().substring(0, 8);
    Sketch broken =
        published(
            Sketch.of("broken")
                .awaits("Wait", "test.a")
                .step("Check", "checkAudience", Map.of("audience", audience))
                .awaits("Rest", "test.b")
                .way("Wait", "Check", "Rest"));
    Sketch sound = twoWaits();
    Traveller unlucky = travellers.somebody().does(broken.entry());
    Traveller neighbour = travellers.somebody().does(sound.entry());
    happen(unlucky, "test.a");
    happen(neighbour, "test.a");

    deliverAll();

    neighbour.standsAt("Wait_B");
    unlucky.standsAt("Wait");
    Map<String, Object> waiting =
        jdbc.sql(
                "select attempts, reason, due_at > ? as later from event_queue where customer_id = ?")
            .params(java.sql.Timestamp.from(clock.instant()), unlucky.id())
            .query()
            .singleRow();
    assertThat(waiting).containsEntry("attempts", 1).containsEntry("later", true);
    assertThat(String.valueOf(waiting.get("reason"))).contains(audience);

    audiences.save(
        new AudienceDraft(audience, "后来才有", "age >= 18", Purpose.SERVICE, null), "author");
    clock.advance(Duration.ofMinutes(1));
    travellers.settle();

    unlucky.standsAt("Rest");
  }

  private long lastSeq(Traveller traveller, String type) {
    return travellers.events.since(traveller.id(), type, 0).stream()
        .mapToLong(event -> event.seq())
        .max()
        .orElseThrow();
  }

  private int uses(Traveller traveller) {
    return jdbc.sql("select count(*) from event_use where participation_id = ?")
        .param(traveller.participation().id())
        .query(Integer.class)
        .single();
  }
}
