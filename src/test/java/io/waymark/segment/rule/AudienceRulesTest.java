package io.waymark.segment.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.math.BigDecimal;
import java.time.LocalDate;
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
  void windows_sequences_and_streaks_can_be_written() {
    assertReads(
        "event trade where (side = 'buy' and amount >= 10) sum amount >= 100 within this month",
        new EventCondition.Measured(
            new Happening(
                "trade",
                List.of(
                    new Happening.TextTest("side", true, List.of("buy")),
                    new Happening.NumberTest("amount", Comparison.AT_LEAST, BigDecimal.TEN))),
            EventCondition.Measure.SUM,
            "amount",
            Comparison.AT_LEAST,
            new BigDecimal("100"),
            new Window.Period(Window.Period.Name.THIS_MONTH)));
    assertReads(
        "event a then event b within 2 hours without event c over 30 days",
        new EventCondition.Followed(
            what("a"),
            what("b"),
            new Span(2, Span.Unit.HOURS),
            what("c"),
            new Window.Last(new Span(30, Span.Unit.DAYS))));
    assertReads(
        "event a on 3 consecutive trading days",
        new EventCondition.Streak(what("a"), 3, true, EventReader.USUAL));
    assertReads(
        "event a last within 5 trading days",
        new EventCondition.Occurrence(what("a"), false, new Window.LastTradingDays(5)));
    assertReads(
        "event a exists between 2026-01-01 and 2026-03-31",
        new EventCondition.Times(
            what("a"),
            Comparison.AT_LEAST,
            1,
            new Window.Dates(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31))));
    assertReads(
        "journey win-back reached within 90 days",
        new HistoryCondition.Journey(
            "win-back",
            HistoryCondition.Step.REACHED,
            new Window.Last(new Span(90, Span.Unit.DAYS))));
    assertReads(
        "(tag a = 'x') is unknown",
        new Rule.IsUnknown(new TagCondition.Text("a", true, List.of("x"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          标签 asset_total >= 500000 且 事件 login 次数 >= 3 近 30 天 | tag asset_total >= 500000 and event login count >= 3 within 30 days
          非 (有 标签 tier 或 标签 score 介于 1 到 5)   | not (has tag tier or tag score between 1 and 5)
          事件 viewed 其中 sector = 'energy' 连续 3 交易日 | event viewed where sector = 'energy' on 3 consecutive trading days
          从未 事件 login 近 本月 且 同意 service 通过 sms | never event login within this month and consent service on sms
          标签 tier = 'a' 为未知 或 属于 人群 dormant | (tag tier = 'a') is unknown or in audience dormant
          """)
  void every_word_may_be_chinese(String chinese, String english) {
    assertThat(AudienceRules.parse(chinese)).isEqualTo(AudienceRules.parse(english));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          event a then event b within 3 days over 401 days | 最多在 400 天内查找
          event a on 3 consecutive days over since         | 时间长度
          event a last                                     | 请写明首次或末次
          tag a age = 3 days                               | 只能用 >=、<=、> 或 <
          event a exists between 2026-02-30 and 2026-03-01 | 不是存在的日期
          event a exists between 2026-03-02 and 2026-03-01 | 结束日期早于开始日期
          event a on 1 consecutive days                    | 2 到 100
          event a exists within 251 trading days           | 最多写 250 个
          """)
  void what_would_look_for_ever_or_means_nothing_is_refused(String rule, String advice) {
    assertThatThrownBy(() -> AudienceRules.parse(rule))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining(advice);
  }

  @Test
  void too_many_conditions_or_values_are_refused() {
    String many = "age > 1" + " and age > 1".repeat(100);
    assertThatThrownBy(() -> AudienceRules.parse(many)).hasMessageContaining("条件超过 100 个");
    String values = "tag a in (b" + ",b".repeat(500) + ")";
    assertThatThrownBy(() -> AudienceRules.parse(values)).hasMessageContaining("最多写 500 个值");
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
