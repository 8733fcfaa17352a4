package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Drawings that other tools made for other engines: read, and refused or taken for what they are.
 */
@WithTravellers
class ForeignDrawingsTest {

  private static final Path FOLDER = Path.of("src/test/resources/foreign");

  @Autowired DrawingChecks checks;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;

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
}
