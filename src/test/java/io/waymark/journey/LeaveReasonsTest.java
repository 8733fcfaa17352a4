package io.waymark.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeaveReasonsTest {

  private static final Pattern SETTING =
      Pattern.compile("camunda:property name=\"(?:reason|goal)\" value=\"([a-z_]+)\"");

  @Test
  void every_reason_and_goal_drawn_in_a_journey_has_its_words() throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("processes"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".bpmn")).toList()) {
        Matcher setting = SETTING.matcher(Files.readString(file));
        while (setting.find()) {
          codes.add(setting.group(1));
        }
      }
    }

    assertThat(codes).hasSizeGreaterThan(20);
    assertThat(codes).allSatisfy(code -> assertThat(LeaveReasons.title(code)).isNotEqualTo(code));
  }

  @Test
  void a_goal_is_told_with_its_name_and_an_unknown_code_speaks_for_itself() {
    assertThat(LeaveReasons.title("goal:first_funding")).isEqualTo("达成目标(首次入金)");
    assertThat(LeaveReasons.title("somebody_drew_this")).isEqualTo("somebody_drew_this");
  }
}
