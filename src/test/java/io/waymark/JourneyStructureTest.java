package io.waymark;

import static io.waymark.JourneyDrawing.camunda;
import static io.waymark.JourneyDrawing.condition;
import static io.waymark.JourneyDrawing.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What every journey we ship must be, read from the files alone. */
class JourneyStructureTest {

  private static final Pattern NODE_ID =
      Pattern.compile(
          "(Start|End|Send|Wait|Timer|Gw|Task|Check|Load|Assign|Recommend|Decide|Tag|Suppress"
              + "|Escalate|Goal|Leave|Withheld|Sub)(_[A-Z][A-Za-z]*)?");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  static Stream<JourneyDrawing> drawings() {
    return JourneyDrawing.all();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void a_journey_is_executable_keeps_its_history_a_year_and_is_named_like_its_file(
      JourneyDrawing drawing) {
    assertThat(drawing.process().getAttribute("id")).isEqualTo(drawing.key());
    assertThat(drawing.process().getAttribute("isExecutable")).isEqualTo("true");
    assertThat(camunda(drawing.process(), "historyTimeToLive")).isEqualTo("P365D");
    assertThat(drawing.process().getAttribute("name")).containsPattern(CHINESE);
    assertThat(settings(drawing.process()))
        .containsKeys("reentryDays", "priority", "holdoutPercent", "purpose")
        .satisfiesAnyOf(
            settings -> assertThat(settings).containsKey("entryEvent"),
            settings -> assertThat(settings).containsKeys("entryAudience", "entrySchedule"));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_node_has_a_stable_id_and_a_chinese_name(JourneyDrawing drawing) {
    assertThat(drawing.nodes())
        .allSatisfy(
            node -> {
              assertThat(node.getAttribute("id")).matches(NODE_ID);
              assertThat(node.getAttribute("name"))
                  .as(node.getAttribute("id"))
                  .containsPattern(CHINESE);
            });
    assertThat(drawing.flows())
        .allSatisfy(
            flow ->
                assertThat(flow.getAttribute("id"))
                    .startsWith(
                        "Flow_"
                            + flow.getAttribute("sourceRef")
                            + "_"
                            + flow.getAttribute("targetRef")));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_node_can_be_reached_and_leads_on_to_an_end(JourneyDrawing drawing) {
    assertThat(reachable(drawing)).containsAll(ids(drawing.nodes()));
    for (Element node : drawing.nodes()) {
      String id = node.getAttribute("id");
      boolean ends = Set.of("endEvent", "subProcess").contains(node.getLocalName());
      assertThat(drawing.flowsFrom(id).isEmpty()).as("%s leads on", id).isEqualTo(ends);
      assertThat(texts(node, "incoming"))
          .containsExactlyInAnyOrderElementsOf(ids(drawing.flowsTo(id)));
      assertThat(texts(node, "outgoing"))
          .containsExactlyInAnyOrderElementsOf(ids(drawing.flowsFrom(id)));
    }
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_choice_has_a_default_and_names_its_answers(JourneyDrawing drawing) {
    for (Element gateway : drawing.nodes("exclusiveGateway")) {
      String id = gateway.getAttribute("id");
      List<Element> answers = drawing.flowsFrom(id);
      assertThat(answers).as(id).hasSizeGreaterThan(1);
      assertThat(ids(answers)).as(id).contains(gateway.getAttribute("default"));
      for (Element answer : answers) {
        boolean isDefault = answer.getAttribute("id").equals(gateway.getAttribute("default"));
        assertThat(answer.getAttribute("name")).as(answer.getAttribute("id")).isNotBlank();
        assertThat(condition(answer).isEmpty()).as(answer.getAttribute("id")).isEqualTo(isDefault);
      }
    }
    assertThat(drawing.flows())
        .filteredOn(flow -> !condition(flow).isEmpty())
        .allSatisfy(
            flow ->
                assertThat(drawing.byId(flow.getAttribute("sourceRef")).getLocalName())
                    .isEqualTo("exclusiveGateway"));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_wait_for_an_event_has_a_time_limit(JourneyDrawing drawing) {
    for (Element gateway : drawing.nodes("eventBasedGateway")) {
      List<Element> awaited =
          drawing.flowsFrom(gateway.getAttribute("id")).stream()
              .map(flow -> drawing.byId(flow.getAttribute("targetRef")))
              .toList();
      assertThat(awaited).allMatch(event -> event.getLocalName().equals("intermediateCatchEvent"));
      assertThat(awaited).anyMatch(event -> !drawing.awaits(event).isEmpty());
      assertThat(awaited).anyMatch(event -> drawing.awaits(event).isEmpty());
      assertThat(awaited).allMatch(event -> drawing.flowsTo(event.getAttribute("id")).size() == 1);
    }
    assertThat(drawing.nodes("intermediateCatchEvent"))
        .filteredOn(event -> !drawing.awaits(event).isEmpty())
        .allMatch(
            event ->
                drawing
                    .byId(
                        drawing.flowsTo(event.getAttribute("id")).get(0).getAttribute("sourceRef"))
                    .getLocalName()
                    .equals("eventBasedGateway"));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void an_event_that_ends_the_journey_is_awaited_nowhere_else_in_it(JourneyDrawing drawing) {
    List<String> ending =
        drawing.nodes("startEvent").stream()
            .map(drawing::awaits)
            .filter(type -> !type.isEmpty())
            .toList();
    assertThat(ending).doesNotHaveDuplicates();
    assertThat(drawing.nodes("intermediateCatchEvent"))
        .map(drawing::awaits)
        .doesNotContainAnyElementsOf(ending.isEmpty() ? List.of("none") : ending);
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_send_shows_where_a_withheld_customer_goes(JourneyDrawing drawing) {
    assertThat(drawing.steps("sendMessage"))
        .allSatisfy(
            send -> {
              List<Element> boundaries = drawing.boundariesOf(send.getAttribute("id"));
              assertThat(boundaries).as(send.getAttribute("id")).hasSize(1);
              Element error =
                  JourneyDrawing.children(
                          boundaries.get(0), JourneyDrawing.BPMN, "errorEventDefinition")
                      .get(0);
              assertThat(drawing.byId(error.getAttribute("errorRef")).getAttribute("errorCode"))
                  .isEqualTo("withheld");
            });
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void every_task_of_an_advisor_commits_alone_and_is_escalated_when_late(JourneyDrawing drawing) {
    for (Element task : drawing.nodes("userTask")) {
      String id = task.getAttribute("id");
      assertThat(camunda(task, "asyncAfter")).as(id).isEqualTo("true");
      assertThat(camunda(task, "formRefBinding")).as(id).isEqualTo("deployment");
      assertThat(settings(task).get("dueWorkingHours")).as(id).matches("[1-9]\\d*");
      List<Element> late = drawing.boundariesOf(id);
      assertThat(late).as(id).hasSize(1);
      assertThat(late.get(0).getAttribute("cancelActivity")).isEqualTo("false");
      String next =
          drawing.flowsFrom(late.get(0).getAttribute("id")).get(0).getAttribute("targetRef");
      assertThat(drawing.steps("escalateTask")).map(step -> step.getAttribute("id")).contains(next);
      assertThat(settings(drawing.byId(next))).containsEntry("task", id);
    }
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void a_form_offers_exactly_the_outcomes_of_its_task(JourneyDrawing drawing) throws IOException {
    for (Element task : drawing.nodes("userTask")) {
      Path file = drawing.beside(camunda(task, "formRef") + ".form");
      JsonNode form = new ObjectMapper().readTree(Files.readString(file));
      assertThat(form.path("id").asText()).isEqualTo(camunda(task, "formRef"));
      JsonNode outcome = field(form, "outcome");
      assertThat(outcome.path("validate").path("required").asBoolean()).isTrue();
      assertThat(outcome.path("values").findValuesAsText("value"))
          .containsExactly(settings(task).get("outcomes").split(","));
      assertThat(field(form, "note").path("type").asText()).isEqualTo("textarea");
    }
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void a_decision_is_deployed_with_its_journey(JourneyDrawing drawing) {
    for (Element rule : drawing.nodes("businessRuleTask")) {
      String decision = camunda(rule, "decisionRef");
      assertThat(drawing.beside(decision + ".dmn")).exists();
      assertThat(camunda(rule, "decisionRefBinding")).isEqualTo("deployment");
      assertThat(camunda(rule, "mapDecisionResult")).isEqualTo("singleEntry");
      assertThat(camunda(rule, "resultVariable")).isNotBlank();
    }
  }

  private static JsonNode field(JsonNode form, String key) {
    for (JsonNode component : form.path("components")) {
      if (component.path("key").asText().equals(key)) {
        return component;
      }
    }
    throw new AssertionError("the form has no field " + key);
  }

  private static Set<String> reachable(JourneyDrawing drawing) {
    Deque<String> open = new ArrayDeque<>(ids(drawing.nodes("startEvent")));
    Set<String> seen = new HashSet<>(ids(drawing.nodes("subProcess")));
    while (!open.isEmpty()) {
      String node = open.pop();
      if (seen.add(node)) {
        drawing.flowsFrom(node).forEach(flow -> open.add(flow.getAttribute("targetRef")));
        open.addAll(ids(drawing.boundariesOf(node)));
      }
    }
    return seen;
  }

  private static List<String> ids(List<Element> elements) {
    return elements.stream().map(element -> element.getAttribute("id")).toList();
  }

  private static List<String> texts(Element node, String name) {
    return JourneyDrawing.children(node, JourneyDrawing.BPMN, name).stream()
        .map(Element::getTextContent)
        .toList();
  }
}
