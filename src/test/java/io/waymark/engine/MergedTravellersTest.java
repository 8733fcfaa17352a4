package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.customer.identity.CustomerMerge;
import io.waymark.customer.identity.CustomerMerges;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.BranchScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two records of one person walk a journey once, and what was begun goes on. */
@WithTravellers
class MergedTravellersTest {

  private static final String WELCOME = "onboarding-welcome-sms";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired CustomerMerges merges;
  @Autowired CustomerEvents events;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void the_absorbed_records_journey_goes_on_as_the_survivors_until_the_merge_is_undone() {
    Sketch sketch = waits("followed");
    Two two = two();
    two.absorbed().does(sketch.entry()).standsAt("Wait_A");
    long way = two.absorbed().participation().id();

    CustomerMerge merge = merge(two);

    assertThat(travellers.participations(two.absorbed().id())).isEmpty();
    assertThat(two.survivor().participation().id()).isEqualTo(way);
    two.survivor().standsAt("Wait_A");
    two.absorbed().does("test.a");
    two.survivor().standsAt("Wait_B");
    two.survivor().does(sketch.entry());
    assertThat(travellers.participations(two.survivor().id()))
        .as("the person is in it already")
        .hasSize(1);

    merges.undo(merge.id(), "认错了人", "officer", BranchScope.everywhere());
    assertThat(travellers.participations(two.survivor().id())).isEmpty();
    assertThat(two.absorbed().participation().id()).isEqualTo(way);
    two.absorbed().standsAt("Wait_B").does("test.b").left("completed");
  }

  @Test
  void of_two_ways_through_one_journey_the_later_ends_whoevers_it_is() {
    for (boolean survivorFirst : List.of(true, false)) {
      Sketch sketch = waits("twice");
      Two two = two();
      Traveller first = survivorFirst ? two.survivor() : two.absorbed();
      Traveller second = survivorFirst ? two.absorbed() : two.survivor();
      first.does(sketch.entry()).does("test.a").standsAt("Wait_B");
      long earlier = first.participation().id();
      travellers.clock.advance(Duration.ofMinutes(1));
      second.does(sketch.entry()).standsAt("Wait_A");
      long later = second.participation().id();

      merge(two);

      assertThat(
              jdbc.sql("select left_reason from participation where id = ?")
                  .param(later)
                  .query(String.class)
                  .single())
          .isEqualTo("merged_twice");
      assertThat(
              jdbc.sql("select customer_id from participation where id = ? and left_at is null")
                  .param(earlier)
                  .query(Long.class)
                  .list())
          .containsExactly(two.survivor().id());
      assertThat(
              jdbc.sql("select count(*) from evidence where subject = ? and kind = 'journey_left'")
                  .param("participation:" + later)
                  .query(Long.class)
                  .single())
          .isEqualTo(1);
      two.absorbed().does("test.b");
      assertThat(
              jdbc.sql("select left_reason from participation where id = ?")
                  .param(earlier)
                  .query(String.class)
                  .single())
          .isEqualTo("completed");
    }
  }

  @Test
  void what_waits_to_be_sent_is_sent_once_to_the_survivor() {
    Sketch sketch = sends("waiting");
    Two two = two();
    two.absorbed().does(sketch.entry()).standsAt("Wait_A");
    UUID message = claimOf(two.absorbed());

    merge(two);

    assertThat(ownerOf(message)).isEqualTo(two.survivor().id());
    assertThat(claims(two)).isEqualTo(1);
    assertThat(
            jdbc.sql("select customer_id from outbox where message_id = ?")
                .param(message)
                .query(Long.class)
                .list())
        .containsExactly(two.survivor().id());
    two.survivor().does("test.a").left("completed");
    assertThat(claims(two)).isEqualTo(1);
  }

  @Test
  void a_message_in_the_providers_hands_is_not_said_again_and_its_answer_moves_the_survivor() {
    Sketch sketch =
        Sketch.of("inflight")
            .step("Send", "sendMessage", Map.of("template", WELCOME))
            .awaits("Settled", "message.settled")
            .way("Send", "Settled");
    sketch.publish(deployments, versions);
    Two two = two();
    two.absorbed().does(sketch.entry()).standsAt("Settled");
    UUID message = claimOf(two.absorbed());
    jdbc.sql("update outbox set state = 'sending' where message_id = ?").param(message).update();

    merge(two);

    assertThat(ownerOf(message))
        .as("said to the record it was said to")
        .isEqualTo(two.absorbed().id());
    events.record(
        List.of(
            new InternalEvent(
                "test",
                "settled-" + message,
                two.absorbed().id(),
                Travellers.BRANCH,
                "message.settled",
                travellers.clock.instant(),
                Map.of("messageId", message.toString(), "outcome", "delivered"))));
    travellers.settle();
    assertThat(two.survivor().participation().leftReason()).isEqualTo("completed");
    assertThat(claims(two)).isEqualTo(1);
  }

  @Test
  void both_were_promised_the_same_text_and_hear_it_once() {
    for (boolean survivorFirst : List.of(true, false)) {
      Sketch sketch =
          Sketch.of("promised")
              .awaits("Wait_A", "test.a")
              .step("Send", "sendMessage", Map.of("template", WELCOME))
              .awaits("Wait_B", "test.b")
              .way("Wait_A", "Send", "Wait_B");
      sketch.publish(deployments, versions);
      Two two = two();
      Traveller first = survivorFirst ? two.survivor() : two.absorbed();
      Traveller second = survivorFirst ? two.absorbed() : two.survivor();
      first.does(sketch.entry()).standsAt("Wait_A");
      travellers.clock.advance(Duration.ofMinutes(1));
      // The later way is ahead: its text waits to be sent when it ends.
      second.does(sketch.entry()).does("test.a").standsAt("Wait_B");
      UUID promised = claimOf(second);

      merge(two);
      two.absorbed().does("test.a");
      assertThat(
              jdbc.sql(
                      """
                      select v.node from participation p join node_visit v on v.participation_id = p.id
                       where p.customer_id = ? and p.left_at is null and v.left_at is null
                      """)
                  .param(two.survivor().id())
                  .query(String.class)
                  .list())
          .containsExactly("Wait_B");

      List<UUID> leaving =
          jdbc.sql("select message_id from outbox where customer_id = ?")
              .param(two.survivor().id())
              .query(UUID.class)
              .list();
      assertThat(leaving).as("survivor first: " + survivorFirst).hasSize(1);
      if (!survivorFirst) {
        assertThat(leaving).containsExactly(promised);
      }
    }
  }

  @Test
  void a_timer_of_the_absorbed_record_fires_for_the_survivor() {
    Sketch sketch =
        Sketch.of("timed").timer("Pause", "P2D").awaits("Wait_A", "test.a").way("Pause", "Wait_A");
    sketch.publish(deployments, versions);
    Two two = two();
    two.absorbed().does(sketch.entry()).standsAt("Pause");
    merge(two);
    two.survivor().timeComes("Pause").standsAt("Wait_A");
  }

  @Test
  void who_waits_at_the_door_enters_as_the_survivor() {
    Sketch sketch = waits("door");
    Two two = two();
    two.absorbed().waitsAtTheDoorAfter(sketch.entry());
    merge(two);
    two.survivor().itIsHisTurn().standsAt("Wait_A");
    assertThat(travellers.participations(two.absorbed().id())).isEmpty();
  }

  @Test
  void an_event_that_came_before_the_merge_is_not_lost_to_a_wait_that_comes_after_it() {
    Sketch sketch =
        Sketch.of("early")
            .awaits("Wait_A", "test.a")
            .awaits("Wait_B", "test.b")
            .way("Wait_A", "Wait_B");
    sketch.publish(deployments, versions);
    Two two = two();
    two.absorbed().does(sketch.entry()).does("test.b").standsAt("Wait_A");
    merge(two);
    two.survivor().does("test.a");
    assertThat(two.survivor().participation().leftReason()).isEqualTo("completed");
  }

  @Test
  void an_open_task_goes_to_the_survivor_and_back() {
    Sketch sketch = Sketch.of("task").task("Call", "done", "later").way("Call");
    sketch.publish(deployments, versions);
    Two two = two();
    two.absorbed().does(sketch.entry()).standsAt("Call");
    CustomerMerge merge = merge(two);
    assertThat(taskOwners(two)).containsExactly(two.survivor().id());
    merges.undo(merge.id(), "认错了人", "officer", BranchScope.everywhere());
    assertThat(taskOwners(two)).containsExactly(two.absorbed().id());
    merge(two);
    two.survivor().advisorAnswers("Call", "done");
    assertThat(two.survivor().participation().leftAt()).isNotNull();
  }

  private Sketch waits(String name) {
    Sketch sketch =
        Sketch.of(name)
            .awaits("Wait_A", "test.a")
            .awaits("Wait_B", "test.b")
            .way("Wait_A", "Wait_B");
    sketch.publish(deployments, versions);
    return sketch;
  }

  private Sketch sends(String name) {
    Sketch sketch =
        Sketch.of(name)
            .step("Send", "sendMessage", Map.of("template", WELCOME))
            .awaits("Wait_A", "test.a")
            .way("Send", "Wait_A");
    sketch.publish(deployments, versions);
    return sketch;
  }

  /** The survivor is the one with the smaller number. */
  private Two two() {
    Traveller one = travellers.somebody();
    Traveller other = travellers.somebody();
    return one.ref().compareTo(other.ref()) < 0 ? new Two(one, other) : new Two(other, one);
  }

  private record Two(Traveller survivor, Traveller absorbed) {}

  private CustomerMerge merge(Two two) {
    CustomerMerge merge =
        merges.merge(
            two.absorbed().ref(),
            two.survivor().ref(),
            "柜面核实",
            "officer",
            BranchScope.everywhere());
    assertThat(merge.survivorRef()).isEqualTo(two.survivor().ref());
    return merge;
  }

  private UUID claimOf(Traveller somebody) {
    return jdbc.sql("select message_id from message_claim where customer_id = ?")
        .param(somebody.id())
        .query(UUID.class)
        .single();
  }

  private long ownerOf(UUID message) {
    return jdbc.sql("select customer_id from message where message_id = ?")
        .param(message)
        .query(Long.class)
        .single();
  }

  private long claims(Two two) {
    return jdbc.sql("select count(*) from message_claim where customer_id in (?, ?)")
        .params(two.survivor().id(), two.absorbed().id())
        .query(Long.class)
        .single();
  }

  private List<Long> taskOwners(Two two) {
    return jdbc.sql(
            "select customer_id from advisor_task where customer_id in (?, ?) and status = 'open'")
        .params(two.survivor().id(), two.absorbed().id())
        .query(Long.class)
        .list();
  }
}
