package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingOrigin;
import io.waymark.journey.drawing.Drawings;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The rules of a drawing hold on the server, whatever the editor sends. */
@WaymarkTest
class DrawingDoorsTest {

  /** From the start to a goal: nothing is sent, so that no content need be approved. */
  private static final String SHORT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
      xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" \
      targetNamespace="http://waymark.io/journeys">
        <bpmn:process id="%s" name="交审" isExecutable="true" camunda:historyTimeToLive="P365D">
          <bpmn:extensionElements><camunda:properties>
            <camunda:property name="entryEvent" value="account.opened" />
            <camunda:property name="purpose" value="service" />
          </camunda:properties></bpmn:extensionElements>
          <bpmn:startEvent id="Start" name="开户"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
          <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Goal" />
          <bpmn:serviceTask id="Goal" name="达成目标" camunda:delegateExpression="${reachGoal}">
            <bpmn:extensionElements><camunda:properties>
              <camunda:property name="goal" value="completed" />
            </camunda:properties></bpmn:extensionElements>
            <bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="F2" sourceRef="Goal" targetRef="End" />
          <bpmn:endEvent id="End" name="结束"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
        </bpmn:process>
      </bpmn:definitions>
      """;

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Drawings drawings;
  @Autowired JourneyVersions versions;
  @Autowired ObjectMapper json;

  People people;
  Http http;
  long drawing;

  @BeforeEach
  void make_people() {
    people = new People(directory, branches, encoder);
    http = new Http(port);
    drawing = create("<a/>", "somebody");
  }

  @Test
  void compliance_reads_checks_and_speaks_but_does_not_draw() throws IOException {
    signIn(Role.COMPLIANCE);

    assertThat(http.get(page("")).statusCode()).isEqualTo(200);
    assertThat(http.get(page("/files")).statusCode()).isEqualTo(200);
    assertThat(post("/check", sheet(1, "a.bpmn", "<a/>")).statusCode()).isEqualTo(200);
    assertThat(post("/comments", Map.of("body", "请说明")).statusCode()).isEqualTo(200);
    assertThat(post("/save", sheet(1, "a.bpmn", "<b/>")).statusCode()).isEqualTo(403);
    assertThat(post("/submit", sheet(1, "a.bpmn", "<b/>")).statusCode()).isEqualTo(403);
    assertThat(post("/delete", Map.of()).statusCode()).isEqualTo(403);
    assertThat(post("/restore", Map.of()).statusCode()).isEqualTo(403);
    assertThat(drawings.find(drawing).orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void others_do_not_even_look() {
    signIn(Role.OPERATOR);

    assertThat(http.get(page("")).statusCode()).isEqualTo(403);
    assertThat(http.get(page("/files")).statusCode()).isEqualTo(403);
    assertThat(http.get("/journeys/drawings/-/choices/audience").statusCode()).isEqualTo(403);
  }

  @Test
  void a_stale_save_and_what_is_no_journey_are_refused_in_chinese() throws IOException {
    signIn(Role.MARKETER);

    HttpResponse<String> first = post("/save", sheet(1, "a.bpmn", "<b/>"));
    HttpResponse<String> stale = post("/save", sheet(1, "a.bpmn", "<c/>"));
    HttpResponse<String> script = post("/save", sheet(2, "a.exe", "<c/>"));
    HttpResponse<String> climbing = post("/save", sheet(2, "../a.bpmn", "<c/>"));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(read(stale).path("detail").asText()).contains("没有覆盖");
    assertThat(script.statusCode()).isEqualTo(422);
    assertThat(climbing.statusCode()).isEqualTo(422);
    assertThat(drawings.find(drawing).orElseThrow().revision()).isEqualTo(2);
  }

  @Test
  void a_refused_journey_names_the_element_and_leaves_nothing_behind() throws IOException {
    StaffMember marketer = signIn(Role.MARKETER);
    String good = Files.readString(Path.of("processes/reassessment.bpmn"));
    String key = "doors-" + System.nanoTime();
    String bad =
        good.replace("id=\"reassessment\"", "id=\"" + key + "\"")
            .replace("bpmnElement=\"reassessment\"", "bpmnElement=\"" + key + "\"")
            .replaceFirst("\\$\\{sendMessage}", "\\${runtimeService}");
    drawing = drawings.create("不合规", files(key, bad), DrawingOrigin.FILE, marketer.username());

    HttpResponse<String> answer = post("/submit", sheet(1, "a.bpmn", "<a/>"));

    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode finding = read(answer).path("findings").path(0);
    assertThat(finding.path("element").asText()).startsWith("Send_");
    assertThat(finding.path("why").asText()).contains("runtimeService");
    assertThat(versions.of(key)).isEmpty();
    assertThat(drawings.revisions(drawing).get(0).versionId()).isNull();
  }

  @Test
  void what_was_handed_in_is_under_review_and_known_by_its_revision() throws IOException {
    StaffMember marketer = signIn(Role.MARKETER);
    String key = "handed-" + System.nanoTime();
    drawing =
        drawings.create(
            "交审",
            new DrawingFiles(Map.of(key + ".bpmn", SHORT.formatted(key))),
            DrawingOrigin.FILE,
            marketer.username());

    HttpResponse<String> first = post("/submit", sheet(1, "a.bpmn", "<a/>"));
    HttpResponse<String> again = post("/submit", sheet(1, "a.bpmn", "<a/>"));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(http.get(read(first).path("page").asText()).statusCode()).isEqualTo(200);
    assertThat(versions.of(key)).hasSize(1);
    assertThat(drawings.revisions(drawing).get(0).versionId())
        .isEqualTo(versions.of(key).get(0).id());
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(versions.of(key)).hasSize(1);
  }

  private long create(String text, String author) {
    return drawings.create(
        "门", new DrawingFiles(Map.of("a.bpmn", text)), DrawingOrigin.EMPTY, author);
  }

  private static DrawingFiles files(String key, String drawing) throws IOException {
    return new DrawingFiles(
        Map.of(
            key + ".bpmn",
            drawing,
            "reassessment-reminder.form",
            Files.readString(Path.of("processes/reassessment-reminder.form"))));
  }

  private StaffMember signIn(Role role) {
    StaffMember member = people.everywhere(role);
    http.signIn(member.username(), People.PASSWORD);
    return member;
  }

  private String page(String rest) {
    return "/journeys/drawings/" + drawing + rest;
  }

  private static Map<String, ?> sheet(int from, String name, String text) {
    return Map.of("from", from, "files", Map.of(name, text));
  }

  private HttpResponse<String> post(String rest, Map<String, ?> body) throws IOException {
    return http.json(page(rest), json.writeValueAsString(body), "X-CSRF-TOKEN", http.token("/"));
  }

  private JsonNode read(HttpResponse<String> answer) throws IOException {
    return json.readTree(answer.body());
  }
}
