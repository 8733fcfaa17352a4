package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.compliance.recall.Recall;
import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.Recalls;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A recalled journey takes nobody in, moves nobody, loses nobody. */
@WithTravellers
class HeldJourneyTest {

  private static final String OFFICER = "held-officer";
  private static final String OTHER = "held-other";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Recalls recalls;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void an_event_that_comes_while_the_journey_is_held_moves_the_customer_when_it_is_lifted() {
    Sketch sketch = twoWaits();
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait_A");

    Recall recall = hold(sketch);
    assertThat(recall.held()).isEqualTo(1);
    traveller.does("test.a").standsAt("Wait_A");
    assertThat(
            jdbc.sql("select count(*) from event_queue where customer_id = ?")
                .param(traveller.id())
                .query(Long.class)
                .single())
        .as("other journeys of the customer do not wait for this one")
        .isZero();

    lift(recall);
    travellers.settle();
    traveller.standsAt("Wait_B");
  }

  @Test
  void nobody_enters_while_it_is_held_and_the_wish_says_why() {
    Sketch sketch = twoWaits();
    Recall recall = hold(sketch);
    Traveller traveller = travellers.somebody().does(sketch.entry());

    assertThat(travellers.participations(traveller.id())).isEmpty();
    assertThat(
            jdbc.sql("select reason from enrolment where customer_id = ? and journey_key = ?")
                .params(traveller.id(), sketch.key())
                .query(String.class)
                .single())
        .isEqualTo("journey_recalled");

    lift(recall);
    traveller.does(sketch.entry()).standsAt("Wait_A");
  }

  @Test
  void an_advisor_is_told_that_the_task_must_wait() {
    Traveller traveller = travellers.somebody();
    Sketch sketch = Sketch.of("held-task").task("Task_A", "agreed").way("Task_A");
    sketch.publish(deployments, versions);
    traveller.does(sketch.entry()).standsAt("Task_A");
    Recall recall = hold(sketch);

    assertThatThrownBy(() -> traveller.advisorAnswers("Task_A", "agreed"))
        .isInstanceOf(TaskRefusedException.class)
        .hasMessageContaining("召回");

    lift(recall);
    traveller.advisorAnswers("Task_A", "agreed").left("completed");
  }

  private Sketch twoWaits() {
    Sketch sketch =
        Sketch.of("held")
            .awaits("Wait_A", "test.a")
            .awaits("Wait_B", "test.b")
            .way("Wait_A", "Wait_B");
    sketch.publish(deployments, versions);
    return sketch;
  }

  private Recall hold(Sketch sketch) {
    return recalls.stop(new RecallTarget(RecallKind.JOURNEY, sketch.key()), "话术有误", OFFICER);
  }

  private void lift(Recall recall) {
    recalls.proposeLift(recall.id(), "已更正", OFFICER);
    recalls.confirmLift(recall.id(), OTHER);
  }
}
