package io.waymark.segment.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceRulesTest {

  @Test
  void every_kind_of_condition_can_be_written() {
    assertReads("tag asset_total >= 500000", number("asset_total", Comparison.AT_LEAST, "500000"));
    assertReads("tag profit < -0.5", number("profit", Comparison.BELOW, "-0.5"));
    assertReads("tag tier = 'core'", new TagCondition.Text("tier", true, List.of("core")));
    assertReads("tag tier != 'core'", new TagCondition.Text("tier", false, List.of("core")));
    assertReads(
        "tag tier in ('core','growth')",
        new TagCondition.Text("tier", true, List.of("core", "growth")));
    assertReads(
        "event login count >= 3 within 30 days", times("login", Comparison.AT_LEAST, 3, 30));
    assertReads(
        "event 'dca.deduct_failed' exists within 1 day",
        times("dca.deduct_failed", Comparison.AT_LEAST, 1, 1));
    assertReads("never event dca.created", times("dca.created", Comparison.EQUAL, 0, 0));
    assertReads("never event login within 90 days", times("login", Comparison.EQUAL, 0, 90));
    assertReads(
        "never event 'dca.created' since event 'dca.terminated'",
        new EventCondition.NeverSince(what("dca.created"), what("dca.terminated")));
    assertReads(
        "consent product_marketing on sms",
        new PersonCondition.ConsentGiven(Purpose.PRODUCT_MARKETING, Channel.SMS));
    assertReads("risk >= C3", new PersonCondition.RiskLevel(Comparison.AT_LEAST, RiskTolerance.C3));
    assertReads("assessment valid", new PersonCondition.AssessmentValid());
    assertReads("age >= 18", new PersonCondition.Age(Comparison.AT_LEAST, 18));
    assertReads(
        "branch in ('SH01', BJ02)", new PersonCondition.BranchIn(true, List.of("SH01", "BJ02")));
    assertReads("branch != 'SH01'", new PersonCondition.BranchIn(false, List.of("SH01")));
    assertReads("holds product '000001'", new HistoryCondition.HoldsProduct("000001"));
    assertReads("holds product_type equity_fund", new HistoryCondition.HoldsType("equity_fund"));
    assertReads("in audience dca-lapsed", new Rule.InAudience("dca-lapsed"));
  }

  @Test
  void not_binds_tighter_than_and_and_and_tighter_than_or() {
    Rule valid = new PersonCondition.AssessmentValid();
    Rule adult = new PersonCondition.Age(Comparison.AT_LEAST, 18);
    assertReads(
        "not assessment valid and age >= 18 or assessment valid",
        new Rule.Any(List.of(new Rule.All(List.of(new Rule.Not(valid), adult)), valid)));
    assertReads(
        "not (assessment valid or age >= 18)", new Rule.Not(new Rule.Any(List.of(valid, adult))));
  }

  @Test
  void a_rule_may_stand_on_many_lines_and_a_quote_is_doubled() {
    assertReads(
        "tag note = 'O''Hara'\n  and assessment valid",
        new Rule.All(
            List.of(
                new TagCondition.Text("note", true, List.of("O'Hara")),
                new PersonCondition.AssessmentValid())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tag                                  | 4  | 第 1 行第 4 个字符 | 标签名
          tag tier >= 'core'                   | 13 | 第 1 行第 13 个字符 | 文字只能用 = 或 != 比较
          tag tier = core                      | 12 | 第 1 行第 12 个字符 | 单引号
          tag tier = 'core                     | 12 | 第 1 行第 12 个字符 | 引号没有结束
          tag tier in ()                       | 14 | 第 1 行第 14 个字符 | 标签值
          event login                          | 12 | 第 1 行第 12 个字符 | exists、count
          event login count >= 3 within days   | 31 | 第 1 行第 31 个字符 | 时间长度
          event login exists within 0 days     | 27 | 第 1 行第 27 个字符 | 1 到 3650
          consent marketing on sms             | 9  | 第 1 行第 9 个字符  | 同意用途
          consent activity on fax              | 21 | 第 1 行第 21 个字符 | 渠道
          risk >= C9                           | 9  | 第 1 行第 9 个字符  | 风险等级
          age >= 18 18                         | 11 | 第 1 行第 11 个字符 | and、or 或规则结束
          (age >= 18                           | 11 | 第 1 行第 11 个字符 | “)”
          age >= 18 & assessment valid         | 11 | 第 1 行第 11 个字符 | 不认识的符号
          （age >= 18）                        | 1  | 第 1 行第 1 个字符  | 全角符号
          holds product 000001x                | 15 | 第 1 行第 15 个字符 | 加单引号
          """)
  void an_error_names_its_place_and_what_belongs_there(
      String rule, int position, String place, String advice) {
    var refusal = catchThrowableOfType(RuleSyntaxException.class, () -> AudienceRules.parse(rule));
    assertThat(refusal.position()).isEqualTo(position);
    assertThat(refusal).hasMessageContaining(place).hasMessageContaining(advice);
  }

  @Test
  void the_place_of_an_error_counts_lines() {
    assertThatThrownBy(() -> AudienceRules.parse("age >= 18\n  and nothing"))
        .hasMessageContaining("第 2 行第 7 个字符")
        .hasMessageContaining("却是“nothing”");
  }

  @Test
  void an_empty_rule_and_one_nested_too_deep_are_refused() {
    assertThatThrownBy(() -> AudienceRules.parse("  ")).hasMessageContaining("规则在这里结束了");
    assertThatThrownBy(() -> AudienceRules.parse("(".repeat(5000) + "age > 1"))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining("嵌套");
    assertThatThrownBy(() -> AudienceRules.parse("a".repeat(9000)))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining("太长");
  }

  private static Rule number(String tag, Comparison comparison, String bound) {
    return new TagCondition.Number(tag, comparison, new BigDecimal(bound));
  }

  private static Happening what(String type) {
    return new Happening(type, List.of());
  }

  private static Rule times(String type, Comparison comparison, int bound, int days) {
    return new EventCondition.Times(
        what(type),
        comparison,
        bound,
        days == 0 ? new Window.Always() : new Window.Last(new Span(days, Span.Unit.DAYS)));
  }

  private static void assertReads(String text, Rule rule) {
    assertThat(AudienceRules.parse(text)).isEqualTo(rule);
  }
}
