package io.waymark.segment.rule;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.segment.rule.RuleWords.Kind;
import io.waymark.segment.rule.RuleWords.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Reads the words of a rule by recursive descent; one method per line of the grammar. */
final class RuleReader {

  private static final int DEEPEST = 40;
  private static final int MOST_CONDITIONS = 100;
  private static final String CONDITIONS =
      "tag、has tag、event、never event、consent、risk、assessment、fits、age、branch、advisor、class、status、"
          + "holds、journey、received、in audience、not 或左括号";

  private final Words words;
  private final EventReader events;
  private int depth;
  private int conditions;

  RuleReader(RuleWords.Words words) {
    this.words = new Words(words);
    this.events = new EventReader(this.words);
  }

  Rule read() {
    Rule rule = any();
    if (words.peek().kind() != Kind.END) {
      throw words.expected("and、or 或规则结束");
    }
    return rule;
  }

  private Rule any() {
    List<Rule> parts = new ArrayList<>(List.of(all()));
    while (words.skip("or")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.get(0) : new Rule.Any(parts);
  }

  private Rule all() {
    List<Rule> parts = new ArrayList<>(List.of(single()));
    while (words.skip("and")) {
      parts.add(single());
    }
    return parts.size() == 1 ? parts.get(0) : new Rule.All(parts);
  }

  private Rule single() {
    if (++depth > DEEPEST) {
      throw words.refused(words.peek().at(), "嵌套超过 " + DEEPEST + " 层,请拆成几个人群再引用");
    }
    try {
      if (words.skip("not")) {
        return new Rule.Not(single());
      }
      Rule rule;
      if (words.skipSign("(")) {
        rule = any();
        words.sign(")");
      } else {
        rule = counted();
      }
      return unknown(rule);
    } finally {
      depth--;
    }
  }

  private Rule unknown(Rule rule) {
    if (words.skip("is")) {
      words.word("unknown");
      return new Rule.IsUnknown(rule);
    }
    return words.sees("unknown") && words.skip("unknown") ? new Rule.IsUnknown(rule) : rule;
  }

  private Rule counted() {
    if (++conditions > MOST_CONDITIONS) {
      throw words.refused(words.peek().at(), "条件超过 " + MOST_CONDITIONS + " 个,请拆成几个人群再引用");
    }
    return condition();
  }

  private Rule condition() {
    if (words.skip("tag")) {
      return tag();
    }
    if (words.skip("has")) {
      words.word("tag");
      return new TagCondition.Known(words.name("标签名"));
    }
    if (words.skip("event")) {
      return events.event();
    }
    if (words.skip("never")) {
      return events.never();
    }
    if (words.skip("consent")) {
      Purpose purpose = words.coded("同意用途,例如 product_marketing", Purpose::of);
      words.word("on");
      return new PersonCondition.ConsentGiven(
          purpose, words.coded("渠道,例如 sms、email、in_app", Channel::of));
    }
    if (words.skip("risk")) {
      return new PersonCondition.RiskLevel(
          words.comparison(), words.coded("风险等级 C1 至 C5", RiskTolerance::valueOf));
    }
    if (words.skip("assessment")) {
      words.word("valid");
      return new PersonCondition.AssessmentValid();
    }
    if (words.skip("fits")) {
      words.word("product");
      return new PersonCondition.Fits(words.name("产品代码"));
    }
    if (words.skip("age")) {
      return new PersonCondition.Age(words.comparison(), words.wholeNumber("周岁数"));
    }
    return others();
  }

  private Rule others() {
    if (words.skip("branch")) {
      return names("营业部", PersonCondition.BranchIn::new);
    }
    if (words.skip("advisor")) {
      return names("投顾", PersonCondition.AdvisorIn::new);
    }
    if (words.skip("class")) {
      return new PersonCondition.ClassIs(
          words.equality("投资者类别"),
          words.coded(
              "ordinary 或 professional",
              word -> CustomerClass.valueOf(word.toUpperCase(Locale.ROOT))));
    }
    if (words.skip("status")) {
      return new PersonCondition.StatusIs(
          words.equality("客户状态"),
          words.coded(
              "normal、deceased、restricted、blacklisted 或 complaint_hold",
              word -> LegalStatus.valueOf(word.toUpperCase(Locale.ROOT))));
    }
    if (words.skip("holds")) {
      return holds();
    }
    if (words.skip("journey")) {
      return journey();
    }
    if (words.skip("received")) {
      words.word("template");
      return new HistoryCondition.Received(words.name("模板代码"), events.window());
    }
    if (words.skip("in")) {
      words.word("audience");
      return new Rule.InAudience(words.name("人群代码"));
    }
    throw words.expected(CONDITIONS);
  }

  private Rule tag() {
    String tag = words.name("标签名");
    if (words.skip("in")) {
      return new TagCondition.Text(tag, true, words.list("标签值"));
    }
    if (words.sees("not") && words.follows("in")) {
      words.skip("not");
      words.skip("in");
      return new TagCondition.Text(tag, false, words.list("标签值"));
    }
    if (words.skip("between")) {
      BigDecimal least = words.number("数字");
      if (!words.skip("to")) {
        words.word("and");
      }
      return new TagCondition.Between(tag, least, words.number("数字"));
    }
    if (words.skip("age")) {
      int at = words.peek().at();
      Comparison comparison = words.comparison();
      if (comparison == Comparison.EQUAL || comparison == Comparison.UNEQUAL) {
        throw words.refused(at, "值的新旧只能用 >=、<=、> 或 < 比较");
      }
      return new TagCondition.ValueAge(tag, comparison, events.span());
    }
    return compared(tag);
  }

  private Rule compared(String tag) {
    Comparison comparison = words.comparison();
    Word value = words.peek();
    if (value.kind() == Kind.NUMBER) {
      return new TagCondition.Number(tag, comparison, words.number("数字"));
    }
    if (value.kind() != Kind.TEXT) {
      throw words.expected("数字或用单引号括起的文字");
    }
    if (comparison != Comparison.EQUAL && comparison != Comparison.UNEQUAL) {
      throw words.refused(value.at(), "文字只能用 = 或 != 比较;比较大小时请写数字,不加引号");
    }
    return new TagCondition.Text(tag, comparison == Comparison.EQUAL, List.of(words.name("标签值")));
  }

  private Rule names(String what, BiFunction<Boolean, List<String>, Rule> making) {
    if (words.skip("in")) {
      return making.apply(true, words.list(what + "代码"));
    }
    return making.apply(words.equality(what), List.of(words.name(what + "代码")));
  }

  private Rule holds() {
    if (words.skip("product")) {
      return new HistoryCondition.HoldsProduct(words.name("产品代码"));
    }
    if (words.skip("product_type")) {
      return new HistoryCondition.HoldsType(words.name("产品类型"));
    }
    throw words.expected("product 或 product_type");
  }

  private Rule journey() {
    String journey = words.name("旅程代码");
    for (HistoryCondition.Step step : HistoryCondition.Step.values()) {
      if (words.skip(step.code())) {
        return new HistoryCondition.Journey(journey, step, events.window());
      }
    }
    throw words.expected("entered、left 或 reached");
  }
}
