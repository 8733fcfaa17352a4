package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationPlans;
import io.waymark.journey.migration.MigrationSettings;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.MigrationWork;
import io.waymark.journey.migration.TimerChoice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ten thousand customers who wait are migrated, while an event comes for a tenth of them: none is
 * lost, none is told anything twice, and each timer is where it was chosen to be. Runs with the
 * chaos profile; {@code -Dwaymark.migration.people} changes the number.
 */
@WithTravellers
@Tag("chaos")
class TenThousandMigrationTest {

  private static final int PEOPLE = Integer.getInteger("waymark.migration.people", 10_000);
  private static final int CHUNK = 1_000;

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired MigrationPlans plans;
  @Autowired MigrationWork work;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;

  private int mobile = 10_000_000;

  @Test
  void none_is_lost_none_is_told_twice_and_timers_are_as_chosen() {
    travellers.open();
    travellers.settle();
    Sketch first = journey(Sketch.of("crowd"), "");
    JourneyVersion from = first.publish(deployments, versions);
    List<String> refs = crowd(first);
    Instant due = firstDue(from);
    clock.advance(Duration.ofDays(1));
    JourneyVersion to = journey(first.next(), "_New").publish(deployments, versions);
    MigrationPlan plan = plans.begin(from.id(), to.id(), "author");
    plan =
        plans.save(
            plan.id(),
            plan.hash(),
            new MigrationSettings(
                Map.of(
                    "Gate", "Gate_New",
                    "Came", "Came_New",
                    "Late", "Late_New",
                    "Send", "Send_New",
                    "Tell", "Tell_New",
                    "Thanks", "Thanks_New"),
                TimerChoice.KEEP,
                OverdueChoice.FIRE,
                null,
                2_000,
                0,
                null,
                "一万人迁移"),
            "author");
    plans.submit(plan.id(), plan.hash(), "author");
    plans.approve(plan.id(), plan.hash(), "officer");
    long messages = count("select count(*) from message where journey_key = ?", first.key());
    long began = System.nanoTime();
    boolean told = false;
    while (work.runNext() > 0) {
      if (!told && plans.find(plan.id()).orElseThrow().moved() > PEOPLE / 2) {
        told = true;
        happens(refs.subList(PEOPLE / 2 - PEOPLE / 20, PEOPLE / 2 + PEOPLE / 20), "test.paid");
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "migrated %d customers in %.1f s: %.0f per second%n", PEOPLE, seconds, PEOPLE / seconds);

    MigrationPlan done = plans.find(plan.id()).orElseThrow();
    assertThat(done.status()).isEqualTo(MigrationStatus.DONE);
    assertThat(count("select count(*) from migration_failure where plan_id = ?", plan.id()))
        .isZero();
    assertThat(open(from)).as("nobody stays behind").isZero();
    long answered = PEOPLE / 20L * 2;
    assertThat(open(to)).as("nobody is lost").isEqualTo(PEOPLE);
    assertThat(standing(to, "Gate_New")).isEqualTo(PEOPLE - answered);
    assertThat(standing(to, "Thanks_New") + standing(to, "Thanks"))
        .as("whose event came meanwhile went on")
        .isEqualTo(answered);
    assertThat(timers(to)).as("a timer for each who waits").isEqualTo(PEOPLE - answered);
    assertThat(firstDue(to)).as("kept").isEqualTo(due);
    assertThat(count("select count(*) from message where journey_key = ?", first.key()))
        .as("told once more by the event, nobody by the migration")
        .isEqualTo(messages + answered);
    assertThat(
            count(
                "select count(*) from (select participation_id, node from message"
                    + " where journey_key = ? group by 1, 2 having count(*) > 1) as twice",
                first.key()))
        .isZero();
    assertThat(
            count(
                "select count(*) from (select participation_id from customer_move"
                    + " where plan_id = ? group by 1 having count(*) > 1) as twice",
                plan.id()))
        .isZero();
  }

  private static Sketch journey(Sketch sketch, String suffix) {
    return sketch
        .add("<bpmn:startEvent id=\"Start\"/>")
        .add("<bpmn:eventBasedGateway id=\"Gate%s\"/>".formatted(suffix))
        .step("Send" + suffix, "sendMessage", Map.of("template", "onboarding-welcome-sms"))
        .flow("Start", "Send" + suffix)
        .flow("Send" + suffix, "Gate" + suffix)
        .awaits("Came" + suffix, "test.paid")
        .timer("Late" + suffix, "P10D")
        .flow("Gate" + suffix, "Came" + suffix)
        .flow("Gate" + suffix, "Late" + suffix)
        .step("Tell" + suffix, "sendMessage", Map.of("template", "onboarding-welcome-sms"))
        .flow("Came" + suffix, "Tell" + suffix)
        .awaits("Thanks" + suffix, "test.thanks")
        .flow("Tell" + suffix, "Thanks" + suffix)
        .end("End_Came")
        .end("End_Late")
        .flow("Thanks" + suffix, "End_Came")
        .flow("Late" + suffix, "End_Late");
  }

  private List<String> crowd(Sketch sketch) {
    String prefix = "C" + UUID.randomUUID().toString().substring(0, 8);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      all.add(prefix + i);
    }
    for (int i = 0; i < PEOPLE; i += CHUNK) {
      List<String> refs = all.subList(i, Math.min(PEOPLE, i + CHUNK));
      Travellers.must(
          customers.importAll(
              refs.stream()
                  .map(
                      ref ->
                          travellers.record(
                              ref,
                              java.time.LocalDate.of(1985, 5, 5),
                              Map.of("mobile", "138%08d".formatted(mobile++)),
                              LegalStatus.NORMAL,
                              Map.of()))
                  .toList(),
              "test"));
      consent(refs);
      happens(refs, sketch.entry());
    }
    return all;
  }

  private void consent(List<String> refs) {
    List<io.waymark.customer.ConsentChange> granted = new ArrayList<>();
    for (String ref : refs) {
      for (io.waymark.platform.Purpose purpose : io.waymark.platform.Purpose.values()) {
        granted.add(
            travellers.consent(
                ref,
                purpose,
                io.waymark.platform.Channel.SMS,
                io.waymark.customer.ConsentState.GRANTED));
      }
    }
    Travellers.must(travellers.consents.record(granted, "test"));
  }

  private void happens(List<String> refs, String type) {
    Travellers.must(
        events.accept(
            "test",
            refs.stream()
                .map(
                    ref ->
                        new IncomingEvent(
                            UUID.randomUUID().toString(), ref, type, clock.instant(), Map.of()))
                .toList()));
    travellers.settle();
  }

  private long open(JourneyVersion version) {
    return count(
        "select count(*) from participation where journey_version_id = ? and left_at is null",
        version.id());
  }

  private long standing(JourneyVersion version, String node) {
    return count(
        "select count(*) from node_visit where journey_version_id = ? and left_at is null and node"
            + " = '"
            + node
            + "'",
        version.id());
  }

  private long timers(JourneyVersion version) {
    return count(
        "select count(*) from act_ru_job where process_def_id_ = ? and type_ = 'timer'",
        version.definitionId());
  }

  private Instant firstDue(JourneyVersion version) {
    return jdbc.sql("select min(duedate_) from act_ru_job where process_def_id_ = ?")
        .param(version.definitionId())
        .query(java.sql.Timestamp.class)
        .single()
        .toInstant();
  }

  private long count(String sql, Object parameter) {
    return jdbc.sql(sql).param(parameter).query(Long.class).single();
  }
}
