package io.waymark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/journeys.md} says which element answers which clause; here it is held to it. */
class JourneyDocumentTest {

  /** What J5 to J9 ask for, in words that the requirement column must contain. */
  private static final Map<String, List<String>> ASKED =
      Map.of(
          "J5",
          List.of(
              "never took part",
              "terminated",
              "failed deduction",
              "ad slot by habitual page",
              "followed fund",
              "hottest by clicks",
              "conversion goal",
              "live panel"),
          "J6",
          List.of(
              "asset-qualified",
              "high intent",
              "提醒话术/服务方式/触达时点",
              "online education",
              "test",
              "opening reminder",
              "客群、策略、物料",
              "1V1",
              "recover and analyse",
              "全市场中只能开通一次"),
          "J7",
          List.of("drop-off step", "风险测评", "新手投教课程", "badge only"),
          "J8",
          List.of("短信", "电话", "原因分支", "操作不熟练", "收益不满意", "持仓健康诊断"),
          "J9",
          List.of("一对一投顾面谈", "marketing is suppressed"));

  private static Map<String, JourneyDrawing> drawings;
  private static List<Row> rows;

  private record Row(String clause, String requirement, String journey, List<String> elements) {}

  @BeforeAll
  static void read() throws IOException {
    drawings =
        JourneyDrawing.deployed()
            .collect(Collectors.toMap(JourneyDrawing::key, Function.identity()));
    rows =
        Files.readAllLines(Path.of("docs/journeys.md")).stream()
            .filter(line -> line.matches("\\| [JK]\\d+\\.\\d+ \\|.*"))
            .map(JourneyDocumentTest::row)
            .toList();
  }

  @Test
  void every_element_the_table_names_is_drawn() {
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(drawings).as(row.clause()).containsKey(row.journey());
              assertThat(row.elements())
                  .as(row.clause())
                  .isNotEmpty()
                  .allMatch(id -> drawings.get(row.journey()).has(id));
            });
  }

  @Test
  void every_clause_from_J5_to_J9_is_mapped() {
    ASKED.forEach(
        (clause, wanted) -> {
          String requirements =
              rows.stream()
                  .filter(row -> row.clause().startsWith(clause + "."))
                  .map(Row::requirement)
                  .collect(Collectors.joining("\n"));
          assertThat(requirements).as(clause).contains(wanted);
        });
  }

  @Test
  void clauses_are_numbered_without_a_gap_or_a_double() {
    ASKED
        .keySet()
        .forEach(
            clause -> {
              List<String> numbers =
                  rows.stream()
                      .map(Row::clause)
                      .filter(number -> number.startsWith(clause + "."))
                      .toList();
              assertThat(numbers)
                  .isEqualTo(
                      IntStream.rangeClosed(1, numbers.size())
                          .mapToObj(number -> clause + "." + number)
                          .toList());
            });
  }

  @Test
  void every_journey_we_ship_answers_a_clause() {
    assertThat(rows.stream().map(Row::journey).collect(Collectors.toSet()))
        .isEqualTo(drawings.keySet());
  }

  @Test
  void the_page_lists_the_audiences_the_journeys_ask_for() throws IOException {
    Set<String> asked =
        drawings.values().stream()
            .flatMap(
                drawing ->
                    Stream.concat(
                        drawing.steps("checkAudience").stream(), Stream.of(drawing.process())))
            .map(JourneyDrawing::settings)
            .flatMap(
                settings ->
                    Stream.of("audience", "entryAudience", "entryFilter")
                        .filter(settings::containsKey)
                        .map(settings::get))
            .collect(Collectors.toSet());
    String page = Files.readString(Path.of("docs/journeys.md"));
    String section = page.substring(page.indexOf("## Audiences"));
    String list = section.substring(0, section.indexOf("`. "));
    assertThat(Pattern.compile("`([a-z-]+)").matcher(list).results().map(code -> code.group(1)))
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @Test
  void the_page_of_the_gallery_lists_every_journey_on_the_shelf_and_what_lets_customers_in()
      throws IOException {
    String page = Files.readString(Path.of("docs/gallery.md"));
    assertThat(JourneyDrawing.shelved())
        .hasSizeGreaterThanOrEqualTo(12)
        .allSatisfy(
            drawing -> {
              String line =
                  page.lines()
                      .filter(one -> one.startsWith("| `" + drawing.key() + "` "))
                      .findFirst()
                      .orElseThrow();
              Map<String, String> settings = JourneyDrawing.settings(drawing.process());
              assertThat(line)
                  .contains(drawing.process().getAttribute("name"))
                  .contains(
                      "`"
                          + settings.getOrDefault("entryEvent", settings.get("entryAudience"))
                          + "`");
            });
  }

  private static Row row(String line) {
    List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toList();
    assertThat(cells).as(line).hasSize(5).noneMatch(String::isEmpty);
    return new Row(cells.get(0), cells.get(1), cells.get(2), List.of(cells.get(3).split(",\\s*")));
  }
}
