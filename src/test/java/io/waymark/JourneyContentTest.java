package io.waymark;

import static io.waymark.JourneyDrawing.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** A journey sends what is there, and the picture says by which way. */
class JourneyContentTest {

  private static final Map<String, List<String>> WORDS =
      Map.of(
          "sms", List.of("短信："),
          "email", List.of("邮件："),
          "webhook", List.of("Webhook："),
          "in_app", List.of("站内信：", "广告位："));

  static Stream<JourneyDrawing> drawings() {
    return JourneyDrawing.all();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_content_a_journey_names_is_in_the_folder(JourneyDrawing drawing) {
    assertThat(drawing.nodes("serviceTask"))
        .filteredOn(step -> settings(step).containsKey("template"))
        .allMatch(step -> JourneyContent.exists(settings(step).get("template")));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void the_name_of_a_send_step_tells_its_channel(JourneyDrawing drawing) {
    for (Element send : drawing.steps("sendMessage")) {
      String channel = JourneyContent.of(send).orElseThrow().channel();
      assertThat(WORDS.get(channel))
          .as(send.getAttribute("id"))
          .anyMatch(word -> send.getAttribute("name").startsWith(word));
    }
  }
}
