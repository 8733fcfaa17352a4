package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.watch.Watchdog;
import io.waymark.journey.JourneyVersions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nobody can be recognised in the logs, however much they say. */
@WithTravellers
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {

  private static final String NAME = "张旅行";

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Watchdog watchdog;

  private final Logger ours = (Logger) LoggerFactory.getLogger("io.waymark");
  private final Logger springs = (Logger) LoggerFactory.getLogger("org.springframework.web");

  @BeforeEach
  void talkative() {
    travellers.open();
    travellers.settle();
    ours.setLevel(Level.TRACE);
    springs.setLevel(Level.DEBUG);
  }

  @AfterEach
  void quiet() {
    ours.setLevel(null);
    springs.setLevel(null);
  }

  @Test
  void a_walk_with_a_message_a_task_and_a_failure_names_nobody(CapturedOutput output) {
    Sketch sketch =
        Sketch.of("logged")
            .step("Send", "sendMessage", Map.of("template", "onboarding-welcome-sms"))
            .task("Task_A", "agreed")
            .awaits("Wait", "test.a")
            .timer("Pause", "PT1H")
            .way("Send", "Task_A", "Pause", "Wait");
    sketch.publish(deployments, versions);
    Traveller traveller = travellers.somebody().does(sketch.entry());
    traveller.advisorAnswers("Task_A", "agreed").breaksDownAt(sketch.key(), "f5");
    try {
      traveller.timeComes("Pause");
    } catch (RuntimeException expected) {
      assertThat(expected).isNotNull();
    }
    watchdog.look();
    traveller.repairedAt(sketch.key(), "f5").timeComes("Pause").does("test.a").left("completed");

    assertThat(output.getAll()).isNotBlank();
    assertThat(output.getAll()).doesNotContain(traveller.ref());
    traveller.secrets().forEach(secret -> assertThat(output.getAll()).doesNotContain(secret));
    assertThat(output.getAll()).doesNotContain(NAME);
  }
}
