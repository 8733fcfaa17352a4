package io.waymark.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.table.CamundaTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.FileSystemResource;

class RoutingTableTest {

  private static final Path SHIPPED = Path.of("processes", "task-routing.dmn");

  private final RoutingPolicyKind kind =
      new RoutingPolicyKind(new CamundaTables(), new FileSystemResource(SHIPPED));

  @ParameterizedTest
  @CsvSource({
    "complaint, , high, false, 4, 50, false, false",
    "regulated, core, normal, true, 16, 50, false, false",
    "follow_up, core, normal, true, 4, 50, false, true",
    "follow_up, mass, high, true, 4, 50, false, true",
    "campaign, mass, normal, true, 40, 80, true, true",
    "service, , normal, true, 999, 75, false, false",
  })
  void the_shipped_table_says_who_is_asked_how_long_it_may_take_and_who_is_told(
      String taskKind,
      String tier,
      String urgency,
      boolean ownFirst,
      int hours,
      int percent,
      boolean headOffice,
      boolean reroute)
      throws IOException {
    assertThat(kind.problems(source())).isEmpty();
    assertThat(kind.read(source()).rule(taskKind, tier == null ? "" : tier, urgency))
        .isEqualTo(new RoutingRule(ownFirst, hours, percent, headOffice, reroute));
  }

  @Test
  void a_table_that_leaves_a_question_open_or_answers_with_an_unknown_word_is_refused()
      throws IOException {
    String last = source().substring(source().indexOf("<rule id=\"Rule_task_routing_6\">"));
    String without =
        source().replace(last.substring(0, last.indexOf("</rule>") + "</rule>".length()), "");

    assertThat(kind.problems(without)).singleElement().asString().contains("没有对应的行");
    assertThat(kind.problems(source().replace("\"head_office\"</text>", "\"chairman\"</text>")))
        .singleElement()
        .asString()
        .contains("escalateTo", "chairman");
    assertThat(kind.problems(source().replace("<text>999</text>", "<text>0</text>")))
        .singleElement()
        .asString()
        .contains("slaHours");
    assertThat(kind.problems(source().replace("<text>urgency</text>", "<text>name</text>")))
        .singleElement()
        .asString()
        .contains("name");
  }

  private static String source() throws IOException {
    return Files.readString(SHIPPED);
  }
}
