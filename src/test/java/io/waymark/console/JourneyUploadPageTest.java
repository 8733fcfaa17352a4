package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.Browser;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

@WaymarkTest
@ExtendWith(Browser.Use.class)
class JourneyUploadPageTest {

  private static final Path PROCESSES = Path.of("processes");

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired JourneyVersions versions;
  @Autowired RepositoryService repository;

  Http http;
  People people;
  StaffMember marketer;
  String key;

  @BeforeEach
  void sign_in() {
    people = new People(directory, branches, encoder);
    marketer = people.of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    http = new Http(port);
    http.signIn(marketer.username(), People.PASSWORD);
    key = "upload" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void a_drawing_becomes_a_draft_that_waits_for_somebody_else() throws IOException {
    HttpResponse<String> answer = upload(winBack());

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(location(answer)).contains("/journeys/" + key + "?version=1");
    assertThat(versions.of(key))
        .singleElement()
        .satisfies(
            draft -> {
              assertThat(draft.status()).isEqualTo(JourneyStatus.DRAFT);
              assertThat(draft.author()).isEqualTo(marketer.username());
            });
    assertThat(http.get("/journeys/" + key + "?version=1", "Accept", "text/html").body())
        .contains("上传成功");
  }

  @Test
  void the_same_files_again_change_nothing() throws IOException {
    upload(winBack());

    HttpResponse<String> again = upload(winBack());

    assertThat(again.body()).contains("没有变化");
    assertThat(versions.of(key)).hasSize(1);
  }

  @Test
  void a_changed_drawing_takes_its_unchanged_tables_and_forms_with_it() throws IOException {
    upload(winBack());
    Map<String, String> changed = winBack();
    changed.computeIfPresent(key + ".bpmn", (file, xml) -> xml.replace("沉睡客户唤醒", "沉睡客户再唤醒"));

    upload(changed);

    JourneyVersion second = versions.of(key).get(0);
    assertThat(second.version()).isEqualTo(2);
    assertThat(repository.getDeploymentResourceNames(second.deploymentId()))
        .containsExactlyInAnyOrderElementsOf(changed.keySet());
  }

  @Test
  void what_is_not_allowed_is_named_by_file_and_element() throws IOException {
    Map<String, String> files = winBack();
    files.computeIfPresent(
        key + ".bpmn",
        (file, xml) ->
            xml.replaceFirst(
                "camunda:delegateExpression=\"[^\"]*\"", "camunda:class=\"java.lang.Runtime\""));
    files.put("notes.txt", "hello");

    HttpResponse<String> answer = upload(files);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("检查没有通过", "需要修改的地方", "notes.txt", "只接受 .bpmn、.dmn 和 .form 文件");
    assertThat(answer.body()).doesNotContain("Exception", "org.camunda", "\tat ");
    assertThat(versions.of(key)).isEmpty();
  }

  @Test
  void what_the_engine_cannot_read_is_told_without_a_stack_trace() throws IOException {
    for (String broken :
        List.of(
            "<definitions",
            winBack()
                .get(key + ".bpmn")
                .replaceFirst("targetRef=\"[^\"]*\"", "targetRef=\"gone\""))) {
      HttpResponse<String> answer = upload(Map.of(key + ".bpmn", broken));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("需要修改的地方", key + ".bpmn");
      assertThat(answer.body()).doesNotContain("Exception", "\tat ");
    }
    for (String table :
        List.of(
            "<definitions",
            "<x/>",
            winBack()
                .get("winback-treatment.dmn")
                .replaceFirst("hitPolicy=\"[^\"]*\"", "hitPolicy=\"ANYTHING\""),
            winBack()
                .get("winback-treatment.dmn")
                .replaceFirst(
                    "<inputExpression[^>]*>",
                    "<inputExpression id=\"Gone\" typeRef=\"string\" expressionLanguage=\"klingon\">"),
            winBack()
                .get("winback-treatment.dmn")
                .replaceFirst("(?s)<outputEntry.*?</outputEntry>", ""))) {
      Map<String, String> files = winBack();
      files.put("winback-treatment.dmn", table);

      HttpResponse<String> answer = upload(files);

      assertThat(answer.statusCode()).as(table).isEqualTo(200);
      assertThat(answer.body()).contains("需要修改的地方", "winback-treatment.dmn");
      assertThat(answer.body()).doesNotContain("Exception", "\tat ");
    }
    assertThat(versions.of(key)).isEmpty();
  }

  @Test
  void nothing_empty_too_large_or_double_is_even_looked_into() {
    assertThat(upload(Map.of()).body()).contains("恰好一个 .bpmn");
    assertThat(upload(Map.of("", "")).body()).contains("恰好一个 .bpmn");
    assertThat(upload(Map.of("a.dmn", "<x/>")).body()).contains("恰好一个 .bpmn");
    assertThat(upload(Map.of("a.bpmn", "<x/>", "b.bpmn", "<x/>")).body()).contains("恰好一个 .bpmn");
    assertThat(upload(Map.of("a.bpmn", "")).body()).contains("“a.bpmn”是空的");
    assertThat(upload(Map.of("a.bpmn", "x".repeat(2 * 1024 * 1024 + 1))).body())
        .contains("“a.bpmn”超过 2 MB");
    assertThat(upload(Map.of("a.bpmn", "<x/>", "one/b.form", "{}", "two/b.form", "{}")).body())
        .contains("两个文件同名");
  }

  @Test
  void a_marketer_alone_uploads() {
    for (Role role : List.of(Role.COMPLIANCE, Role.OPERATOR, Role.ADVISOR, Role.ADMINISTRATOR)) {
      Http other = new Http(port);
      other.signIn(people.everywhere(role).username(), People.PASSWORD);
      assertThat(other.get("/journeys/upload", "Accept", "text/html").statusCode())
          .as(role.name())
          .isEqualTo(403);
    }
  }

  @Test
  void a_marketer_uploads_by_the_browser(Browser browser, @TempDir Path folder) throws IOException {
    browser.signIn(marketer.username(), People.PASSWORD);
    browser.open("/journeys/upload");
    browser.screenshot("upload");
    Path wrong =
        Files.writeString(
            folder.resolve(key + ".bpmn"),
            winBack()
                .get(key + ".bpmn")
                .replaceAll(
                    "camunda:delegateExpression=\"[^\"]*\"",
                    "camunda:class=\"java.lang.Runtime\""));
    browser.page().setInputFiles("#files", wrong);
    browser.page().click("button:has-text('上传并检查')");
    browser.page().waitForSelector("#problems");
    browser.screenshot("upload-refused");

    Path[] files =
        winBack().entrySet().stream()
            .map(
                file -> {
                  try {
                    return Files.writeString(folder.resolve(file.getKey()), file.getValue());
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .toArray(Path[]::new);
    browser.page().setInputFiles("#files", files);
    browser.page().click("button:has-text('上传并检查')");
    browser.page().waitForURL("**/journeys/" + key + "**");
    browser.screenshot("upload-done");

    assertThat(browser.page().locator("main").innerText()).contains("上传成功", "等待合规人员审批");
    assertThat(browser.complaints()).isEmpty();
  }

  /** The win-back journey under a key of this test's own. */
  private Map<String, String> winBack() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    String drawing = Files.readString(PROCESSES.resolve("win-back.bpmn"));
    String process = drawing.replaceFirst("(?s).*<bpmn:process id=\"([^\"]+)\".*", "$1");
    files.put(key + ".bpmn", drawing.replace('"' + process + '"', '"' + key + '"'));
    for (String part : List.of("winback-call.form", "winback-treatment.dmn")) {
      files.put(part, Files.readString(PROCESSES.resolve(part)));
    }
    return files;
  }

  private HttpResponse<String> upload(Map<String, String> files) {
    String boundary = "x" + UUID.randomUUID();
    // As a browser does: the token of the form is a part like any other.
    StringBuilder body =
        new StringBuilder(
            "--%s\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n"
                .formatted(boundary, http.token("/")));
    files.forEach(
        (file, text) ->
            body.append(
                "--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n%s\r\n"
                    .formatted(boundary, file, text)));
    body.append("--").append(boundary).append("--\r\n");
    return http.post(
        "/journeys/upload", "multipart/form-data; boundary=" + boundary, body.toString());
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }
}
