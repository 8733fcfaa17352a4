package io.waymark.suitability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.RiskTolerance;
import io.waymark.engine.table.CamundaTables;
import io.waymark.product.ProductRisk;
import io.waymark.testing.ShippedSuitability;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables a compliance officer draws: what is read from them and what is refused. */
class SuitabilityPolicyTest {

  private static final CamundaTables ENGINE = new CamundaTables();
  private static final String SHIPPED = ShippedSuitability.source();

  @Test
  void the_shipped_file_is_without_problems_and_every_line_names_its_basis() {
    assertThat(PolicyChecks.of(SHIPPED, ENGINE)).isEmpty();
    SuitabilityPolicy policy = SuitabilityPolicy.read(SHIPPED, ENGINE);
    assertThat(policy.tables()).hasSize(PolicyTables.values().length);
    assertThat(policy.assessmentMaxDays().value()).isEqualTo(730);
    assertThat(policy.assessmentMaxDays().basis()).contains("[R2]");
  }

  @ParameterizedTest
  @CsvSource({
    "C1, true, 1",
    "C1, false, 1",
    "C2, false, 2",
    "C3, false, 3",
    "C4, false, 4",
    "C5, false, 5"
  })
  void the_matrix_says_for_each_level_and_grade_what_fits(
      RiskTolerance level, boolean minimum, int highest) {
    SuitabilityPolicy policy = SuitabilityPolicy.read(SHIPPED, ENGINE);
    for (ProductRisk risk : ProductRisk.values()) {
      Cell cell = policy.fits(level, minimum, risk);
      assertThat(cell.is("yes")).as("%s %s", level, risk).isEqualTo(risk.grade() <= highest);
      assertThat(cell.basis()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "margin, 5",
    "star_market, 2",
    "chinext, 2",
    "private_fund, 2",
    "equity_fund, 0",
    "unheard_of, 0"
  })
  void each_type_of_product_has_its_entry_conditions(String type, int conditions) {
    assertThat(SuitabilityPolicy.read(SHIPPED, ENGINE).entryConditions(type)).hasSize(conditions);
  }

  @Test
  void a_line_that_is_missing_is_named_by_its_cell() {
    assertRefused(without("Rule_suitability_matrix_4"), "风险匹配", "level=c1，productRisk=r2", "没有结论");
    assertRefused(without("Rule_suitability_type_2"), "投资品种", "productType=（其他）", "没有结论");
  }

  @Test
  void lines_that_overlap_are_named_by_their_cell() {
    assertRefused(
        inEntry("In_suitability_matrix_4_level", "\"c1\",\"c2\""),
        "风险匹配",
        "level=c2，productRisk=r2",
        "同时符合多行");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Out_suitability_matrix_4_result | \"maybe\" | 不认识“maybe”",
        "Out_suitability_behaviour_1_count | \"many\" | 不认识“many”",
        "In_suitability_matrix_4_level | \"c9\" | 不认识“c9”",
        "In_suitability_matrix_4_level | > \"c1\" | 不认识“> \"c1\"”",
        "Out_suitability_matrix_4_basis | \"\" | 没有写依据",
        "Out_suitability_matrix_4_result | upper case(\"no\") | 结果必须是固定值",
        "Out_suitability_matrix_4_result | ${execution} | 结果必须是固定值",
        "In_suitability_matrix_4_level | contains(\"c1\", level) | 条件只能是固定值的比较",
        "Out_suitability_matrix_4_result | \"yes\" | 不得主动推介高于承受能力",
        "Out_suitability_matrix_2_result | \"yes\" | 最低类别不得匹配",
        "Out_suitability_matrix_5_result | \"no\" | C1 匹配 R1 而更高的 C2 不匹配",
        "Out_suitability_professional_3_skipped | \"yes\" | 不得免除 entry_condition",
        "Out_suitability_scope_6_result | \"allow\" | 必须逐项匹配",
        "Out_suitability_scope_5_result | \"check\" | 最低类别不得推介",
        "Out_suitability_entry_1_threshold | \"很多\" | 不是数字",
        "Out_suitability_entry_3_threshold | \"C9\" | level 只能写",
        "Out_suitability_thresholds_1_value | \"3650\" | 须在 1 至 730 之间",
        "Out_suitability_thresholds_1_value | \"两年\" | 须为整数"
      })
  void a_cell_that_cannot_stand_is_refused_with_its_reason(
      String cell, String text, String reason) {
    assertRefused(inEntry(cell, text.replace("<", "&lt;").replace(">", "&gt;")), reason);
  }

  @Test
  void hidden_columns_tables_and_scripts_are_refused() {
    assertRefused(
        SHIPPED.replace(
            "id=\"Output_suitability_type_basis\" label=\"依据\" name=\"basis\"",
            "id=\"Output_suitability_type_basis\" label=\"依据\" name=\"hidden\""),
        "输出列须依次为");
    assertRefused(
        SHIPPED.replace("id=\"suitability-type\"", "id=\"suitability-kind\""),
        "不认识决策表",
        "缺少决策表 suitability-type");
    assertRefused(
        SHIPPED.replaceFirst("hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\""), "命中策略须为 UNIQUE");
    assertRefused(
        SHIPPED.replaceFirst(
            "hitPolicy=\"COLLECT\"", "hitPolicy=\"COLLECT\" aggregation=\"COUNT\""),
        "命中策略须为 COLLECT");
    assertRefused(
        SHIPPED.replaceFirst("<text>level</text>", "<text>runtime.exec(\"rm\")</text>"),
        "输入必须是一个变量名");
    assertRefused(
        SHIPPED.replaceFirst(
            "<inputEntry id=\"In_suitability_matrix_1_level\"",
            "<inputEntry expressionLanguage=\"javascript\" id=\"In_suitability_matrix_1_level\""),
        "表达式语言只能是 FEEL");
    assertRefused(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
        "DOCTYPE");
    assertRefused("没有表格", "不是可接受的 XML");
  }

  @Test
  void a_policy_without_its_tables_cannot_be_read() {
    assertThatThrownBy(
            () ->
                SuitabilityPolicy.read(
                    SHIPPED.replace("id=\"suitability-term\"", "id=\"other\""), ENGINE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("suitability-term");
  }

  private static void assertRefused(String dmn, String... said) {
    assertThat(dmn).isNotEqualTo(SHIPPED);
    List<String> problems = PolicyChecks.of(dmn, ENGINE);
    assertThat(problems).as("problems").isNotEmpty();
    assertThat(String.join("\n", problems)).contains(said);
  }

  private static String without(String rule) {
    int from = SHIPPED.indexOf("<rule id=\"" + rule + "\">");
    int to = SHIPPED.indexOf("</rule>", from) + "</rule>".length();
    return SHIPPED.substring(0, from) + SHIPPED.substring(to);
  }

  private static String inEntry(String entry, String text) {
    int from = SHIPPED.indexOf("<text>", SHIPPED.indexOf("id=\"" + entry + "\"")) + 6;
    int to = SHIPPED.indexOf("</text>", from);
    return SHIPPED.substring(0, from) + text + SHIPPED.substring(to);
  }
}
