package io.waymark.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.Travellers;
import io.waymark.engine.WithTravellers;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.rehearsal.Assumptions;
import io.waymark.journey.rehearsal.Cast;
import io.waymark.journey.rehearsal.Figures;
import io.waymark.journey.rehearsal.Script;
import io.waymark.platform.rehearsal.Stage;
import io.waymark.platform.rehearsal.Stages;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a rehearsed customer costs, counted in statements: figures that no machine changes. */
@WithTravellers
class RehearsalCostTest {

  private static final String WIN_BACK = "win-back";
  private static final int CUSTOMERS = 150;

  @Autowired Travellers travellers;
  @Autowired Stages stages;
  @Autowired AudiencePlay play;
  @Autowired StatementCounter statements;
  @Autowired MovableClock clock;

  private record Played(Figures figures, List<String> executed) {

    private long answered() {
      return figures.nodes().stream()
          .filter(node -> node.node().startsWith("Task_"))
          .mapToLong(Figures.Node::done)
          .sum();
    }
  }

  private Played play() {
    JourneyVersion version = travellers.live(WIN_BACK);
    Script script = Script.of(version.id());
    List<Long> people = travellers.crowd(CUSTOMERS);
    // Everybody gets every message, nobody does anything by himself, every advisor answers.
    Assumptions assumed = new Assumptions(1, List.of(), Map.of("no_time", 1.0), 1, 24, 1);
    Cast cast =
        new Cast(
            people.stream().map(one -> new Cast.Player(one, Travellers.BRANCH)).toList(),
            clock.instant(),
            30,
            assumed);
    List<Figures> figures = new ArrayList<>();
    try (Stage stage =
        stages.open(Props.of(people, List.of(version.deploymentId())), cast.from())) {
      List<String> executed =
          statements.during(
              () ->
                  stage.play(
                      () -> figures.add(play.play(stage, script, cast, new PlayProgress(cast)))));
      return new Played(figures.get(0), executed);
    }
  }

  @Test
  void a_rehearsed_customer_costs_few_statements_and_his_advisors_answer_less_than_a_dozen() {
    Played played = play();
    // The tests keep activities as well, which ask for their start and their removal time.
    List<String> executed =
        played.executed().stream()
            .filter(sql -> !sql.contains("ACT_HI_ACTINST") && !sql.contains("HPI.REMOVAL_TIME_"))
            .toList();
    System.out.printf(
        "statements of %d rehearsed customers: %d; %d answered tasks%n",
        CUSTOMERS, executed.size(), played.answered());

    assertThat(executed)
        .as("37 each before answers of one moment were given together")
        .hasSizeLessThan(22 * CUSTOMERS);
    assertThat(played.answered()).isGreaterThan(CUSTOMERS / 2);
    assertThat(
            executed.stream()
                .distinct()
                .filter(sql -> Collections.frequency(executed, sql) >= played.answered()))
        .as("asked for each answer")
        .hasSizeLessThan(12);
    assertThat(executed)
        .as("no engine keeps history of what never was")
        .noneMatch(sql -> sql.contains("ACT_HI_"));
  }
}
