package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.Finding;
import io.waymark.compliance.FindingLevel;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MarkedTest {

  private static Finding finding(String rule, int start, int end) {
    return new Finding(rule, "类", FindingLevel.BLOCK, start, end, "", "", "", false);
  }

  @Test
  void a_text_is_cut_at_its_findings_and_loses_nothing() {
    List<Marked.Piece> pieces = Marked.of("甲乙丙丁戊", List.of(finding("B", 3, 4), finding("A", 1, 2)));

    assertThat(pieces).extracting(Marked.Piece::text).containsExactly("甲", "乙", "丙", "丁", "戊");
    assertThat(pieces.get(1).finding()).extracting(Finding::ruleId).isEqualTo("A");
    assertThat(pieces.get(3).finding()).extracting(Finding::ruleId).isEqualTo("B");
  }

  @Test
  void of_findings_that_overlap_the_longest_is_marked_once() {
    List<Marked.Piece> pieces =
        Marked.of("保本保收益", List.of(finding("A", 0, 2), finding("B", 0, 5), finding("C", 1, 3)));

    assertThat(pieces).singleElement().extracting(Marked.Piece::text).isEqualTo("保本保收益");
  }

  @Test
  void a_character_nobody_sees_is_named() {
    assertThat(Marked.of("保\u200B本", List.of(finding("A", 0, 3))).get(0).text())
        .isEqualTo("保⟨U+200B⟩本");
  }

  @Test
  void two_versions_stand_beside_each_other_changed_to_the_character() {
    List<Comparison.Row> rows =
        Comparison.of(
            List.of("一", "二", "三", "四", "五", "本周开讲"), List.of("一", "二", "三", "四", "五", "下周开讲<b>"));

    assertThat(rows)
        .extracting(Comparison.Row::kind)
        .containsExactly("gap", "same", "same", "changed");
    assertThat(changed(rows.get(3).before())).isEqualTo("本");
    assertThat(changed(rows.get(3).after())).isEqualTo("下<b>");
    assertThat(Comparison.of(List.of("一"), List.of("一"))).isEmpty();
  }

  private static String changed(List<Comparison.Piece> pieces) {
    return pieces.stream()
        .filter(Comparison.Piece::changed)
        .map(Comparison.Piece::text)
        .collect(Collectors.joining());
  }
}
