package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.run.DueJobs;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Timers that fall due together are done together, and one that fails harms no other. */
@WithTravellers
class DueJobsTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired DueJobs due;
  @Autowired ManagementService management;
  @Autowired StatementCounter statements;
  @Autowired MovableClock clock;

  @BeforeEach
  void empty_the_queue() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void fifty_timers_cost_what_one_costs() {
    Sketch sketch =
        Sketch.of("due")
            .timer("Pause", "PT1H")
            .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
            .awaits("Wait", "test.a")
            .way("Pause", "Send", "Wait");
    sketch.publish(deployments, versions);
    int one = cost(sketch, 1);
    int fifty = cost(sketch, 50);
    System.out.printf("statements of due timers with a send: 1 customer %d, 50: %d%n", one, fifty);

    assertThat(fifty - one).as("49 more timers add nothing").isLessThanOrEqualTo(5);
  }

  private int cost(Sketch sketch, int customers) {
    List<Traveller> people = waiting(sketch, customers, "core");
    clock.advance(Duration.ofHours(2));
    List<String> jobs = jobs(sketch);
    assertThat(jobs).hasSize(customers);
    List<String> executed = statements.during(() -> due.together(jobs));
    executed.removeIf(sql -> sql.contains("ACT_HI_ACTINST") || sql.contains("HPI.REMOVAL_TIME_"));
    assertThat(StatementCounter.repeated(executed)).as("asked for each customer").isEmpty();
    people.forEach(one -> one.standsAt("Wait"));
    return executed.size();
  }

  @Test
  void one_that_fails_rolls_all_of_them_back_so_that_each_can_be_done_alone() {
    String missing = "aud-" + UUID.randomUUID().toString().substring(0, 8);
    Sketch sketch =
        Sketch.of("due")
            .timer("Pause", "PT1H")
            .step("Facts", "loadFacts", Map.of("facts", "tier"))
            .gateway("Gw", "Wait")
            .flow("Gw", "Check", "${tier == 'bad'}")
            .step("Check", "checkAudience", Map.of("audience", missing))
            .flow("Check", "Wait")
            .awaits("Wait", "test.a")
            .add("<bpmn:startEvent id=\"Start\"/>")
            .end("End")
            .flow("Start", "Pause")
            .flow("Pause", "Facts")
            .flow("Facts", "Gw")
            .flow("Wait", "End");
    sketch.publish(deployments, versions);
    List<Traveller> good = waiting(sketch, 2, "core");
    Traveller bad = waiting(sketch, 1, "bad").get(0);
    clock.advance(Duration.ofHours(2));
    List<String> jobs = jobs(sketch);

    assertThatThrownBy(() -> due.together(jobs)).hasMessageContaining(missing);
    good.forEach(one -> one.standsAt("Pause"));

    for (String job : jobs) {
      try {
        due.together(List.of(job));
      } catch (RuntimeException failure) {
        assertThat(failure).hasMessageContaining(missing);
      }
    }
    good.forEach(one -> one.standsAt("Wait"));
    bad.standsAt("Pause");
  }

  @Test
  void a_job_that_is_gone_is_no_failure() {
    due.together(List.of("no-such-job"));
  }

  private List<Traveller> waiting(Sketch sketch, int customers, String tier) {
    List<Traveller> people =
        IntStream.range(0, customers)
            .mapToObj(i -> travellers.somebody().tagged("tier", tier))
            .toList();
    people.forEach(one -> one.does(sketch.entry()));
    people.forEach(one -> one.standsAt("Pause"));
    return people;
  }

  private List<String> jobs(Sketch sketch) {
    return management.createJobQuery().processDefinitionKey(sketch.key()).list().stream()
        .map(Job::getId)
        .toList();
  }
}
