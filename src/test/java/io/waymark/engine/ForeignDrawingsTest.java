package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.console.Http;
import io.waymark.console.People;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Drawings that other tools made for other engines: read, and refused or taken for what they are.
 */
@WithTravellers
class ForeignDrawingsTest {

  private static final Path FOLDER = Path.of("src/test/resources/foreign");

  @Autowired DrawingChecks checks;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @LocalServerPort int port;

  private static Map<String, byte[]> file(String name) throws IOException {
    return Map.of(name, Files.readAllBytes(FOLDER.resolve(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "plain-latin.bpmn, _task, 没有类型的任务什么也不会做",
    "plain-latin.bpmn, WFP-6-, 可执行",
    "two-pools.bpmn, , 恰好包含一个流程",
    "two-pools.bpmn, , 旅程只有一个参与者",
    "another-engine.bpmn, t, zeebe:taskDefinition",
    "another-engine.bpmn, f3, 条件必须写成一个 ${…} 表达式",
    "another-engine.bpmn, g, 没有默认的去路",
    "everything-at-once.bpmn, p, 并行会让同一位客户同时站在两处",
    "everything-at-once.bpmn, ca, 互相循环调用",
    "everything-at-once.bpmn, m, 手工任务什么也不会做",
    "everything-at-once.bpmn, sc, 脚本会在服务器上运行任意代码",
    "everything-at-once.bpmn, th, 信号会同时惊动",
    "everything-at-once.bpmn, li, 链接事件藏起了走法",
    "choreography.bpmn, , 编排图不能执行",
    "conversation.bpmn, , 会话图不能执行",
    "conversation.bpmn, Tell, 发送任务绕过合规检查",
    "lanes-and-data.bpmn, , 旅程里只有编号和代码",
    "lanes-and-data.bpmn, Read, 手工任务什么也不会做",
    "vendor-extensions.bpmn, sid-service, flowable:class",
    "vendor-extensions.bpmn, vendor-visitor, 不能引入外部文件",
    "diagram-only.bpmn, , 恰好包含一个流程",
  })
  void what_we_do_not_draw_is_refused_with_its_own_reason(
      String name, String element, String reason) throws IOException {
    assertThat(checks.check(file(name)))
        .filteredOn(Finding::blocksDeployment)
        .anySatisfy(
            finding -> {
              assertThat(finding.why()).contains(reason);
              assertThat(finding.element()).isEqualTo(element);
            });
  }

  @Test
  void a_journey_of_ours_that_another_tool_wrote_is_taken() throws IOException {
    Map<String, byte[]> files = file("ours-from-another-tool.bpmn");

    assertThat(checks.check(files)).filteredOn(Finding::blocksDeployment).isEmpty();
    assertThat(deployments.deploy("foreign", files, "author", List.of("marketer"))).isPresent();
    assertThat(versions.of("foreign-visitor")).isNotEmpty();
  }

  @Test
  void a_journey_without_a_diagram_is_taken_for_what_it_says() throws IOException {
    Map<String, byte[]> files = file("no-diagram.bpmn");

    assertThat(checks.check(files)).filteredOn(Finding::blocksDeployment).isEmpty();
    assertThat(deployments.deploy("foreign", files, "author", List.of("marketer"))).isPresent();
    assertThat(versions.of("foreign-without-diagram")).isNotEmpty();
  }

  @Test
  void no_foreign_file_shows_anybody_our_insides_at_any_door() throws IOException {
    StaffMember marketer =
        new People(staff, branches, encoder).of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    Http http = new Http(port);
    http.signIn(marketer.username(), People.PASSWORD);
    Caller caller = Caller.basic(port, marketer.username(), People.PASSWORD);
    SoftAssertions all = new SoftAssertions();
    for (Path path : foreign()) {
      String name = path.getFileName().toString();
      Map<String, byte[]> files = file(name);
      for (HttpResponse<String> answer :
          List.of(
              caller.deploy(name, files),
              http.upload("/journeys/upload", "files", files),
              http.upload("/journeys/drawings/-/import", "files", files))) {
        all.assertThat(answer.statusCode()).as(name + " " + answer.uri()).isLessThan(500);
        all.assertThat(answer.body())
            .as(name + " " + answer.uri())
            .doesNotContain("\tat ", "org.camunda.bpm", "Caused by", "Exception:", "SAXParse");
      }
    }
    all.assertAll();
  }

  private static List<Path> foreign() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }
}
