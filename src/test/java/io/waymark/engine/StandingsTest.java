package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.Standing;
import io.waymark.journey.Standings;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One screen says where a customer stands, what is awaited, and what happens next. */
@WithTravellers
class StandingsTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Standings standings;
  @Autowired MovableClock clock;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void a_task_with_a_reminder_says_who_holds_it_and_when_the_reminder_comes() {
    Sketch sketch =
        Sketch.of("standing")
            .task("Task_A", "agreed")
            .reminder("Remind", "Task_A", "PT2H")
            .goal("test.goal")
            .end("Reminded")
            .flow("Remind", "Reminded")
            .way("Task_A");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Task_A");

    Standing standing = of(traveller);

    assertThat(standing.tokens()).extracting(Standing.Token::node).containsExactly("Task_A");
    assertThat(standing.tokens().get(0).since()).isEqualTo(clock.instant());
    assertThat(standing.tasks()).hasSize(1);
    assertThat(standing.tasks().get(0).holder()).isEqualTo(Travellers.ADVISOR);
    assertThat(standing.timers()).hasSize(1);
    assertThat(standing.timers().get(0).due()).isEqualTo(clock.instant().plus(Duration.ofHours(2)));
    assertThat(standing.waits()).extracting(Standing.Wait::everywhere).containsExactly(true);
    assertThat(standing.next())
        .containsExactly("投顾完成“致电客户”后：前往结束“End”", "时间到“Remind”后：前往结束“Reminded”");
  }

  @Test
  void a_branch_sees_its_own_customers_only() {
    Sketch sketch = Sketch.of("standing").awaits("Wait", "test.standing").way("Wait");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry()).standsAt("Wait");
    long id = traveller.participation().id();

    assertThat(standings.of(id, BranchScope.of("SH-OTHER"))).isEmpty();
    assertThat(of(traveller).waits())
        .extracting(Standing.Wait::event)
        .containsExactly("test.standing");
    traveller.does("test.standing").left("completed");
    assertThat(of(traveller).tokens()).isEmpty();
  }

  private Standing of(Traveller traveller) {
    return standings.of(traveller.participation().id(), BranchScope.everywhere()).orElseThrow();
  }
}
