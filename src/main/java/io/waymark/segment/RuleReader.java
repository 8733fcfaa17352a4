package io.waymark.segment;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.segment.RuleWords.Kind;
import io.waymark.segment.RuleWords.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the words of a rule by recursive descent; one method per line of the grammar. */
final class RuleReader {

  private static final int DEEPEST = 40;
  private static final String CONDITIONS =
      "tag、event、never event、consent、risk、assessment、age、branch、holds、in audience、not 或左括号";

  private final RuleWords.Words words;
  private int next;
  private int depth;

  RuleReader(RuleWords.Words words) {
    this.words = words;
  }

  Rule read() {
    Rule rule = any();
    if (peek().kind() != Kind.END) {
      throw expected("and、or 或规则结束");
    }
    return rule;
  }

  private Rule any() {
    List<Rule> parts = new ArrayList<>(List.of(all()));
    while (skip("or")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.get(0) : new Rule.Any(parts);
  }

  private Rule all() {
    List<Rule> parts = new ArrayList<>(List.of(single()));
    while (skip("and")) {
      parts.add(single());
    }
    return parts.size() == 1 ? parts.get(0) : new Rule.All(parts);
  }

  private Rule single() {
    if (++depth > DEEPEST) {
      throw RuleWords.problem(words.source(), peek().at(), "嵌套超过 " + DEEPEST + " 层,请拆成几个人群再引用");
    }
    try {
      if (skip("not")) {
        return new Rule.Not(single());
      }
      if (skipSign("(")) {
        Rule inner = any();
        sign(")");
        return inner;
      }
      return condition();
    } finally {
      depth--;
    }
  }

  private Rule condition() {
    if (skip("tag")) {
      return tag();
    }
    if (skip("event")) {
      return event();
    }
    if (skip("never")) {
      return never();
    }
    if (skip("consent")) {
      return consent();
    }
    if (skip("risk")) {
      return new Rule.RiskLevel(comparison(), coded("风险等级 C1 至 C5", RiskTolerance::valueOf));
    }
    if (skip("assessment")) {
      word("valid");
      return new Rule.AssessmentValid();
    }
    if (skip("age")) {
      return new Rule.Age(comparison(), wholeNumber("周岁数"));
    }
    if (skip("branch")) {
      return branch();
    }
    if (skip("holds")) {
      return holds();
    }
    if (skip("in")) {
      word("audience");
      return new Rule.InAudience(name("人群代码"));
    }
    throw expected(CONDITIONS);
  }

  private Rule tag() {
    String tag = name("标签名");
    if (skip("in")) {
      return new Rule.TagText(tag, true, list("标签值"));
    }
    Comparison comparison = comparison();
    Word value = peek();
    if (value.kind() == Kind.NUMBER) {
      next++;
      return new Rule.TagNumber(tag, comparison, new BigDecimal(value.text()));
    }
    if (value.kind() != Kind.TEXT) {
      throw expected("数字或用单引号括起的文字");
    }
    if (comparison != Comparison.EQUAL && comparison != Comparison.UNEQUAL) {
      throw RuleWords.problem(words.source(), value.at(), "文字只能用 = 或 != 比较;比较大小时请写数字,不加引号");
    }
    next++;
    return new Rule.TagText(tag, comparison == Comparison.EQUAL, List.of(value.text()));
  }

  private Rule event() {
    String type = name("事件类型");
    if (skip("exists")) {
      return new Rule.EventCount(type, Comparison.AT_LEAST, 1, within());
    }
    if (skip("count")) {
      return new Rule.EventCount(type, comparison(), wholeNumber("次数"), within());
    }
    throw expected("exists 或 count");
  }

  private Rule never() {
    word("event");
    String type = name("事件类型");
    if (skip("since")) {
      word("event");
      return new Rule.NeverSince(type, name("事件类型"));
    }
    return new Rule.EventCount(type, Comparison.EQUAL, 0, within());
  }

  private @Nullable Integer within() {
    if (!skip("within")) {
      return null;
    }
    int at = peek().at();
    int days = wholeNumber("天数");
    if (days < 1 || days > 3650) {
      throw RuleWords.problem(words.source(), at, "天数应在 1 到 3650 之间");
    }
    if (!skip("day")) {
      word("days");
    }
    return days;
  }

  private Rule consent() {
    Purpose purpose = coded("同意用途,例如 product_marketing", Purpose::of);
    word("on");
    return new Rule.ConsentGiven(purpose, coded("渠道,例如 sms、email、in_app", Channel::of));
  }

  private Rule branch() {
    if (skip("in")) {
      return new Rule.BranchIn(true, list("营业部代码"));
    }
    int at = peek().at();
    Comparison comparison = comparison();
    if (comparison != Comparison.EQUAL && comparison != Comparison.UNEQUAL) {
      throw RuleWords.problem(words.source(), at, "营业部只能用 in、= 或 != 比较");
    }
    return new Rule.BranchIn(comparison == Comparison.EQUAL, List.of(name("营业部代码")));
  }

  private Rule holds() {
    if (skip("product")) {
      return new Rule.HoldsProduct(name("产品代码"));
    }
    if (skip("product_type")) {
      return new Rule.HoldsType(name("产品类型"));
    }
    throw expected("product 或 product_type");
  }

  private List<String> list(String what) {
    sign("(");
    List<String> values = new ArrayList<>(List.of(name(what)));
    while (skipSign(",")) {
      values.add(name(what));
    }
    sign(")");
    return values;
  }

  private Comparison comparison() {
    Comparison comparison =
        Comparison.of(peek().kind() == Kind.SIGN ? peek().text() : "")
            .orElseThrow(() -> expected("比较符号 >=、<=、>、<、= 或 !="));
    next++;
    return comparison;
  }

  private int wholeNumber(String what) {
    Word word = peek();
    if (word.kind() != Kind.NUMBER || !word.text().matches("[0-9]{1,9}")) {
      throw expected("表示" + what + "的非负整数");
    }
    next++;
    return Integer.parseInt(word.text());
  }

  private String name(String what) {
    Word word = peek();
    if (word.kind() != Kind.NAME && word.kind() != Kind.TEXT) {
      throw expected(what + ",以数字开头时加单引号");
    }
    next++;
    return word.text();
  }

  private <T> T coded(String what, Function<String, T> reading) {
    if (peek().kind() != Kind.NAME && peek().kind() != Kind.TEXT) {
      throw expected(what);
    }
    try {
      T value = reading.apply(peek().text());
      next++;
      return value;
    } catch (IllegalArgumentException unknown) {
      throw expected(what);
    }
  }

  private boolean skip(String keyword) {
    boolean found = peek().kind() == Kind.NAME && peek().text().equalsIgnoreCase(keyword);
    next += found ? 1 : 0;
    return found;
  }

  private void word(String keyword) {
    if (!skip(keyword)) {
      throw expected(keyword);
    }
  }

  private boolean skipSign(String sign) {
    boolean found = peek().kind() == Kind.SIGN && peek().text().equals(sign);
    next += found ? 1 : 0;
    return found;
  }

  private void sign(String sign) {
    if (!skipSign(sign)) {
      throw expected("“" + sign + "”");
    }
  }

  private Word peek() {
    return words.list().get(next);
  }

  private RuleSyntaxException expected(String what) {
    String found = peek().kind() == Kind.END ? "规则在这里结束了" : "却是“" + peek().text() + "”";
    return RuleWords.problem(words.source(), peek().at(), "此处应为 " + what + "," + found);
  }
}
