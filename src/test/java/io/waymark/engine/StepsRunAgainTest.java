package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.step.Step;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.Participation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever a step does, it does once, though the engine rolls back after it and runs it again. */
@WithTravellers
class StepsRunAgainTest {

  @Autowired List<Step> steps;
  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  /**
   * How a step is drawn, statements that each count to 1 as soon as it ran, and such that do when
   * it took effect once. They differ where facts are written just before the commit.
   */
  private record Trial(Map<String, String> settings, List<String> ran, List<String> effects) {

    private Trial(Map<String, String> settings, List<String> effects) {
      this(settings, effects, effects);
    }
  }

  private static final List<String> ENDED =
      List.of(
          "select count(*) from act_hi_procinst where proc_inst_id_ = :instance"
              + " and end_time_ is not null");

  private static final String VARIABLE =
      "select count(*) from act_ru_variable where proc_inst_id_ = :instance and name_ = '%s'";
  private static final String EVIDENCE =
      "select count(*) from evidence where customer_id = :customer and kind = '%s'";

  private static final Map<String, Trial> TRIALS =
      Map.ofEntries(
          Map.entry(
              "checkAudience",
              new Trial(
                  Map.of("audience", "can-market"), List.of(VARIABLE.formatted("inAudience")))),
          Map.entry(
              "checkCompliance",
              new Trial(
                  Map.of("template", "onboarding-welcome-sms"),
                  List.of(
                      "select count(*) from verdict where participation_id = :participation",
                      VARIABLE.formatted("verdict")))),
          Map.entry(
              "sendMessage",
              new Trial(
                  Map.of("template", "onboarding-welcome-sms"),
                  List.of(
                      "select count(*) from message_claim where participation_id = :participation",
                      "select count(*) from message where participation_id = :participation",
                      "select count(*) from outbox where customer_id = :customer",
                      "select count(*) from verdict where participation_id = :participation",
                      EVIDENCE.formatted("message_claimed")))),
          Map.entry(
              "assignVariant",
              new Trial(
                  Map.of("experiment", "run-again", "weights", "A:50,B:50"),
                  List.of(
                      "select count(*) from experiment_assignment where customer_id = :customer",
                      VARIABLE.formatted("variant")))),
          Map.entry(
              "recommendProduct",
              new Trial(Map.of("pool", "bond_fund"), List.of(VARIABLE.formatted("product")))),
          Map.entry(
              "loadFacts",
              new Trial(Map.of("facts", "riskLevel"), List.of(VARIABLE.formatted("riskLevel")))),
          Map.entry(
              "tagCustomer",
              new Trial(
                  Map.of("tag", "run_again", "value", "yes"),
                  List.of(
                      "select count(*) from customer_tag where customer_id = :customer"
                          + " and tag = 'run_again'"))),
          Map.entry(
              "suppressContact",
              new Trial(
                  Map.of("days", "30", "reason", "complaint"),
                  List.of(
                      "select count(*) from suppression where customer_id = :customer",
                      EVIDENCE.formatted("suppression_changed")))),
          Map.entry(
              "escalateTask",
              new Trial(
                  Map.of("task", "Call"),
                  List.of(
                      "select count(*) from advisor_task where participation_id = :participation"
                          + " and escalated_at is not null",
                      "select count(*) from act_ru_identitylink l join act_ru_task t"
                          + " on t.id_ = l.task_id_ where t.proc_inst_id_ = :instance"
                          + " and l.type_ = 'candidate'"))),
          Map.entry(
              "reachGoal",
              new Trial(
                  Map.of("goal", "reached"), ENDED, List.of(EVIDENCE.formatted("journey_left")))),
          Map.entry(
              "leaveJourney",
              new Trial(
                  Map.of("reason", "not_interested"),
                  ENDED,
                  List.of(EVIDENCE.formatted("journey_left")))));

  @Test
  void every_step_a_marketer_can_draw_is_tried_here() {
    assertThat(steps.stream().map(step -> step.settings().name()))
        .containsExactlyInAnyOrderElementsOf(TRIALS.keySet());
  }

  @TestFactory
  Stream<DynamicTest> a_step_rolled_back_after_it_ran_takes_effect_once() {
    return TRIALS.entrySet().stream()
        .map(
            trial ->
                DynamicTest.dynamicTest(
                    trial.getKey(), () -> twice(trial.getKey(), trial.getValue())));
  }

  private void twice(String step, Trial trial) {
    Sketch sketch = step.equals("escalateTask") ? beside(trial) : between(step, trial);
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());
    Participation participation = traveller.participation();

    transaction.executeWithoutResult(
        status -> {
          run(step, traveller);
          assertThat(counts(trial.ran(), participation)).as("it ran").containsOnly(1);
          status.setRollbackOnly();
        });
    assertThat(counts(trial.effects(), participation)).as("nothing stayed").containsOnly(0);

    run(step, traveller);
    assertThat(counts(trial.effects(), participation)).as("one effect").containsOnly(1);
    assertThat(travellers.visits.ofParticipation(participation.id()))
        .as("one visit")
        .filteredOn(visit -> visit.node().equals("It"))
        .hasSize(1);
  }

  private static Sketch between(String step, Trial trial) {
    Sketch sketch =
        Sketch.of("again").awaits("Before", "test.go").step("It", step, trial.settings());
    return step.equals("reachGoal") || step.equals("leaveJourney")
        ? sketch.way("Before", "It")
        : sketch.awaits("After", "test.end").way("Before", "It", "After");
  }

  private static Sketch beside(Trial trial) {
    return Sketch.of("again")
        .task("Call", "reached")
        .reminder("Before", "Call", "PT4H")
        .step("It", "escalateTask", trial.settings())
        .flow("Before", "It")
        .end("Told")
        .flow("It", "Told")
        .way("Call");
  }

  private void run(String step, Traveller traveller) {
    if (step.equals("escalateTask")) {
      traveller.timeComes("Before");
    } else {
      traveller.does("test.go");
    }
  }

  private List<Integer> counts(List<String> statements, Participation participation) {
    return statements.stream()
        .map(
            effect ->
                jdbc.sql(effect)
                    .param("customer", participation.customerId())
                    .param("participation", participation.id())
                    .param("instance", participation.processInstanceId())
                    .query(Integer.class)
                    .single())
        .toList();
  }

  @Test
  void a_second_visit_of_a_send_is_another_message_and_a_repeated_one_is_not() {
    Sketch sketch =
        Sketch.of("loop")
            .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
            .awaits("Wait", "test.go")
            .gateway("Gw", "Send")
            .flow("Gw", "End", "${lastMessage == 'none'}")
            .flow("Start", "Send")
            .flow("Send", "Wait")
            .flow("Wait", "Gw")
            .add("<bpmn:startEvent id=\"Start\"/>")
            .end("End");
    sketch.set("entryEvent", sketch.entry()).publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());

    transaction.executeWithoutResult(
        status -> {
          traveller.does("test.go");
          status.setRollbackOnly();
        });
    traveller.does("test.go");

    assertThat(
            jdbc.sql("select visit from message_claim where customer_id = ? order by visit")
                .param(traveller.id())
                .query(Integer.class)
                .list())
        .containsExactly(1, 2);
  }

  @Test
  void a_task_reached_in_a_transaction_that_rolls_back_is_offered_once() {
    Sketch sketch =
        Sketch.of("task").awaits("Before", "test.go").task("Call", "reached").way("Before", "Call");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());

    transaction.executeWithoutResult(
        status -> {
          traveller.does("test.go");
          status.setRollbackOnly();
        });
    traveller.does("test.go");

    assertThat(
            jdbc.sql("select count(*) from advisor_task where participation_id = ?")
                .param(traveller.participation().id())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }
}
