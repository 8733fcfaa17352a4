package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.waymark.journey.migration.MigrationWork;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers inside one version of a journey, and plans that bring them to the next. */
@WithTravellers
abstract class Migrating {

  static final String WELCOME = "onboarding-welcome-sms";

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

  MigrationPlan approved(
      JourneyVersion from, JourneyVersion to, Map<String, String> map, int wave) {
    return approved(from, to, map, wave, 0);
  }

  MigrationPlan approved(
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

  static Sketch gateway(Sketch sketch, String event, String duration) {
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

  static Sketch loop(Sketch sketch) {
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

  MigrationPlan submitted(JourneyVersion from, JourneyVersion to) {
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

  MigrationPlan migrate(
      JourneyVersion from,
      JourneyVersion to,
      TimerChoice timers,
      OverdueChoice choice,
      Map<String, String> more) {
    return migrate(from, to, timers, choice, more, false);
  }

  /** The whole way: drawn, submitted, approved by somebody else, worked off. */
  MigrationPlan migrate(
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

  static MigrationSettings settings(
      Map<String, String> map, TimerChoice timers, OverdueChoice choice) {
    @Nullable Integer spread = choice == OverdueChoice.SPREAD ? 60 : null;
    return new MigrationSettings(map, timers, choice, spread, 500, 0, null, "改版后统一流程");
  }

  void booksBalance(Traveller traveller, JourneyVersion... both) {
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

  String node(JourneyVersion version, String node) {
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

  long messages(Traveller traveller) {
    return jdbc.sql("select count(*) from message where customer_id = ?")
        .param(traveller.id())
        .query(Long.class)
        .single();
  }

  long timers(Traveller traveller) {
    return jdbc.sql("select count(*) from act_ru_job where process_instance_id_ = ?")
        .param(traveller.instance())
        .query(Long.class)
        .single();
  }

  List<String> proof(Traveller traveller) {
    return jdbc.sql(
            "select facts::text from evidence where customer_id = ? and kind = 'customer_moved'")
        .param(traveller.id())
        .query(String.class)
        .list();
  }
}
