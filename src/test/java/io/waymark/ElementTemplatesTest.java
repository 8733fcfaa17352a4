package io.waymark;

import static io.waymark.JourneyDrawing.camunda;
import static io.waymark.JourneyDrawing.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The element templates are what a marketer sees of the steps: complete, Chinese, and true. */
class ElementTemplatesTest {

  /** Every step a service task can be. */
  private static final Set<String> STEPS =
      Set.of(
          "${checkAudience}",
          "${checkCompliance}",
          "${sendMessage}",
          "${assignVariant}",
          "${recommendProduct}",
          "${loadFacts}",
          "${tagCustomer}",
          "${suppressContact}",
          "${escalateTask}",
          "${reachGoal}",
          "${leaveJourney}");

  private static Map<String, JsonNode> templates;

  @BeforeAll
  static void read() throws IOException {
    templates = new TreeMap<>();
    try (Stream<Path> files = Files.list(JourneyDrawing.FOLDER.resolve("element-templates"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        assertThat(name).endsWith(".json");
        templates.put(
            "waymark." + name.replace(".json", ""),
            new ObjectMapper().readTree(Files.readString(file)));
      }
    }
  }

  @Test
  void a_template_has_what_the_modeler_needs_and_speaks_chinese() {
    assertThat(templates)
        .allSatisfy(
            (id, template) -> {
              assertThat(template.path("id").asText()).isEqualTo(id);
              assertThat(template.path("version").asInt()).isPositive();
              assertThat(template.path("$schema").asText())
                  .endsWith("@camunda/element-templates-json-schema/resources/schema.json");
              assertThat(template.path("name").asText()).containsPattern("\\p{IsHan}");
              assertThat(template.path("description").asText()).containsPattern("\\p{IsHan}");
              assertThat(template.path("appliesTo")).isNotEmpty();
              assertThat(template.path("properties")).isNotEmpty();
            });
  }

  @Test
  void a_field_is_bound_and_explained() {
    assertThat(templates)
        .allSatisfy(
            (id, template) ->
                assertThat(template.path("properties"))
                    .allSatisfy(
                        field -> {
                          assertThat(field.path("binding").path("type").asText())
                              .isIn("property", "camunda:property");
                          assertThat(field.path("binding").path("name").asText()).isNotBlank();
                          assertThat(field.has("condition")).as("no such thing here").isFalse();
                          if (!field.path("type").asText().equals("Hidden")) {
                            assertThat(field.path("label").asText())
                                .containsPattern("\\p{IsHan}|[A-Z]");
                            assertThat(field.path("group").asText()).isEqualTo("waymark");
                          }
                          if (field.path("type").asText().equals("Dropdown")) {
                            assertThat(field.path("choices")).isNotEmpty();
                          }
                        }));
  }

  @Test
  void every_step_has_a_template_and_every_template_of_a_step_is_one() {
    Set<String> offered =
        templates.values().stream()
            .flatMap(template -> fields(template).stream())
            .filter(field -> bound(field).equals("camunda:delegateExpression"))
            .map(field -> field.path("value").asText())
            .collect(Collectors.toSet());
    assertThat(offered).isEqualTo(STEPS);
  }

  @Test
  void every_step_drawn_in_a_journey_is_offered() {
    Set<String> drawn =
        JourneyDrawing.all()
            .flatMap(drawing -> drawing.nodes("serviceTask").stream())
            .map(task -> camunda(task, "delegateExpression"))
            .collect(Collectors.toSet());
    assertThat(STEPS).containsAll(drawn);
  }

  @Test
  void waits_tasks_decisions_and_the_settings_of_a_journey_have_templates() {
    Map<String, String> kinds =
        Map.of(
            "waymark.wait-event", "bpmn:IntermediateCatchEvent",
            "waymark.wait-timer", "bpmn:IntermediateCatchEvent",
            "waymark.advisor-task", "bpmn:UserTask",
            "waymark.decide", "bpmn:BusinessRuleTask",
            "waymark.journey-event", "bpmn:Process",
            "waymark.journey-audience", "bpmn:Process");
    assertThat(kinds)
        .allSatisfy(
            (id, kind) ->
                assertThat(templates.get(id).path("appliesTo"))
                    .extracting(JsonNode::asText)
                    .contains(kind));
  }

  @Test
  void what_is_drawn_agrees_with_the_template_it_was_drawn_from() {
    JourneyDrawing.all()
        .flatMap(drawing -> Stream.concat(drawing.nodes().stream(), Stream.of(drawing.process())))
        .filter(
            element ->
                Set.of("serviceTask", "userTask", "businessRuleTask", "process")
                    .contains(element.getLocalName()))
        .forEach(ElementTemplatesTest::agrees);
  }

  private static void agrees(Element element) {
    String id = element.getAttribute("id");
    JsonNode template = templates.get(camunda(element, "modelerTemplate"));
    assertThat(template).as("template of %s", id).isNotNull();
    assertThat(camunda(element, "modelerTemplateVersion"))
        .isEqualTo(template.path("version").asText());
    Set<String> known = new HashSet<>();
    for (JsonNode field : fields(template)) {
      String name = bound(field);
      boolean setting = field.path("binding").path("type").asText().equals("camunda:property");
      String value = setting ? settings(element).getOrDefault(name, "") : attribute(element, name);
      if (setting) {
        known.add(name);
      }
      if (field.path("type").asText().equals("Hidden")) {
        assertThat(value).as("%s of %s", name, id).isEqualTo(field.path("value").asText());
      } else {
        if (field.path("constraints").path("notEmpty").asBoolean()
            || !field.path("constraints").has("pattern")) {
          assertThat(value).as("%s of %s", name, id).isNotBlank();
        }
        JsonNode pattern = field.path("constraints").path("pattern").path("value");
        if (!pattern.isMissingNode()) {
          assertThat(value).as("%s of %s", name, id).matches(pattern.asText());
        }
      }
    }
    assertThat(known).as(id).containsAll(settings(element).keySet());
  }

  private static String attribute(Element element, String name) {
    return name.startsWith("camunda:")
        ? camunda(element, name.substring("camunda:".length()))
        : element.getAttribute(name);
  }

  private static List<JsonNode> fields(JsonNode template) {
    return StreamSupport.stream(template.path("properties").spliterator(), false).toList();
  }

  private static String bound(JsonNode field) {
    return field.path("binding").path("name").asText();
  }
}
