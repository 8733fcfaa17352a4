package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.watch.Watchdog;
import io.waymark.journey.JourneyVersions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nobody can be recognised in the logs, however much they say. */
@WithTravellers
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {

  private static final String NAME = "张旅行";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Watchdog watchdog;

  private final Logger ours = (Logger) LoggerFactory.getLogger("io.waymark");
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger statements =
      (Logger) LoggerFactory.getLogger("org.springframework.jdbc.core.JdbcTemplate");
  private final Logger springs = (Logger) LoggerFactory.getLogger("org.springframework.web");

  private final List<String> written = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> json = new AsJson();

  /** Writes what {@code logging.structured.format.console=ecs} would write. */
  private final class AsJson extends AppenderBase<ILoggingEvent> {

    private final StructuredLogEncoder encoder = new StructuredLogEncoder();

    @Override
    public void start() {
      encoder.setContext(ours.getLoggerContext());
      encoder.setFormat("ecs");
      encoder.setCharset(StandardCharsets.UTF_8);
      encoder.start();
      super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      written.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }
  }

  @BeforeEach
  void talkative() {
    json.start();
    root.addAppender(json);
    statements.setLevel(Level.DEBUG);
    travellers.open();
    travellers.settle();
    ours.setLevel(Level.TRACE);
    springs.setLevel(Level.DEBUG);
  }

  @AfterEach
  void quiet() {
    root.detachAppender(json);
    statements.setLevel(null);
    json.stop();
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

    assertThat(written)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(JSON.readTree(line)).isNotNull());
    assertThat(written)
        .as("a line of a step says in which journey and where")
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"journey\":\"" + sketch.key() + ":")
                    .contains("\"node\":\""));
    String all = String.join("\n", written);
    assertThat(all).doesNotContain(traveller.ref()).doesNotContain(NAME);
    traveller.secrets().forEach(secret -> assertThat(all).doesNotContain(secret));
    assertThat(output.getAll()).isNotBlank();
    assertThat(output.getAll()).doesNotContain(traveller.ref());
    traveller.secrets().forEach(secret -> assertThat(output.getAll()).doesNotContain(secret));
    assertThat(output.getAll()).doesNotContain(NAME);
  }
}
