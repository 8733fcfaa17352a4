package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The engine forgets what began longer ago than the drawing keeps it, and nothing else. Whoever is
 * still inside goes on all the same, and our own facts stay.
 */
@WithTravellers
class HistoryCleanupTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired HistoryService history;
  @Autowired ManagementService management;
  @Autowired MovableClock clock;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void what_is_due_is_removed_and_nothing_else() {
    Sketch sketch = Sketch.of("cleanup").awaits("Wait", "test.a").way("Wait");
    sketch.publish(deployments, versions);
    Traveller longGone = travellers.somebody().does(sketch.entry()).does("test.a");
    Traveller stillInside = travellers.somebody().does(sketch.entry());
    longGone.left("completed");
    clock.advance(Duration.ofDays(40));
    Traveller justGone = travellers.somebody().does(sketch.entry()).does("test.a");
    justGone.left("completed");
    assertThat(kept(longGone)).isTrue();

    cleanUp();

    assertThat(kept(longGone)).as("left 40 days ago, kept for 30").isFalse();
    assertThat(kept(justGone)).isTrue();
    longGone.left("completed").wentBy("Wait=done");
    stillInside.standsAt("Wait").does("test.a").left("completed");
  }

  private boolean kept(Traveller traveller) {
    return history
            .createHistoricProcessInstanceQuery()
            .processInstanceId(traveller.participation().processInstanceId())
            .count()
        == 1;
  }

  /** As at night, until the job finds nothing more to do. */
  private void cleanUp() {
    history.cleanUpHistoryAsync(true);
    for (int round = 0; round < 50; round++) {
      for (Job job : history.findHistoryCleanupJobs()) {
        management.executeJob(job.getId());
      }
    }
  }
}
