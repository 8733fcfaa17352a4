package io.waymark.segment.rule;

import io.waymark.segment.rule.RuleWords.Kind;
import io.waymark.segment.rule.RuleWords.Word;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The words of a rule one behind the other; each may also be written in Chinese. */
final class Words {

  private static final int MOST_VALUES = 500;

  private static final Map<String, String> CHINESE =
      Map.ofEntries(
          Map.entry("且", "and"),
          Map.entry("或", "or"),
          Map.entry("非", "not"),
          Map.entry("为未知", "unknown"),
          Map.entry("标签", "tag"),
          Map.entry("有", "has"),
          Map.entry("距今", "age"),
          Map.entry("介于", "between"),
          Map.entry("到", "to"),
          Map.entry("属于", "in"),
          Map.entry("人群", "audience"),
          Map.entry("事件", "event"),
          Map.entry("其中", "where"),
          Map.entry("发生过", "exists"),
          Map.entry("次数", "count"),
          Map.entry("合计", "sum"),
          Map.entry("平均", "avg"),
          Map.entry("最大", "max"),
          Map.entry("最小", "min"),
          Map.entry("首次", "first"),
          Map.entry("末次", "last"),
          Map.entry("从未", "never"),
          Map.entry("自", "since"),
          Map.entry("截至", "until"),
          Map.entry("近", "within"),
          Map.entry("范围", "over"),
          Map.entry("然后", "then"),
          Map.entry("期间没有", "without"),
          Map.entry("连续", "consecutive"),
          Map.entry("分钟", "minutes"),
          Map.entry("小时", "hours"),
          Map.entry("天", "days"),
          Map.entry("交易日", "trading_days"),
          Map.entry("同意", "consent"),
          Map.entry("通过", "on"),
          Map.entry("风险等级", "risk"),
          Map.entry("测评", "assessment"),
          Map.entry("有效", "valid"),
          Map.entry("适合", "fits"),
          Map.entry("年龄", "age"),
          Map.entry("营业部", "branch"),
          Map.entry("投顾", "advisor"),
          Map.entry("类别", "class"),
          Map.entry("状态", "status"),
          Map.entry("持有", "holds"),
          Map.entry("产品", "product"),
          Map.entry("产品类型", "product_type"),
          Map.entry("旅程", "journey"),
          Map.entry("进入", "entered"),
          Map.entry("离开", "left"),
          Map.entry("达成", "reached"),
          Map.entry("收到", "received"),
          Map.entry("模板", "template"));

  private final RuleWords.Words words;
  private int next;

  Words(RuleWords.Words words) {
    this.words = words;
  }

  Word peek() {
    return words.list().get(next);
  }

  /** Whether the word behind the next one is this. */
  boolean follows(String keyword) {
    return next + 1 < words.list().size() && is(words.list().get(next + 1), keyword);
  }

  boolean sees(String keyword) {
    return is(peek(), keyword);
  }

  private static boolean is(Word word, String keyword) {
    return word.kind() == Kind.NAME
        && (word.text().equalsIgnoreCase(keyword) || keyword.equals(CHINESE.get(word.text())));
  }

  boolean skip(String keyword) {
    boolean found = sees(keyword);
    next += found ? 1 : 0;
    return found;
  }

  /** One word of several, of which the first is told when none is there. */
  void word(String keyword) {
    if (!skip(keyword)) {
      throw expected(keyword);
    }
  }

  boolean skipSign(String sign) {
    boolean found = peek().kind() == Kind.SIGN && peek().text().equals(sign);
    next += found ? 1 : 0;
    return found;
  }

  void sign(String sign) {
    if (!skipSign(sign)) {
      throw expected("“" + sign + "”");
    }
  }

  /** A name or a text, by the name of what it stands for. */
  String name(String what) {
    Word word = peek();
    if (word.kind() != Kind.NAME && word.kind() != Kind.TEXT) {
      throw expected(what + ",以数字开头时加单引号");
    }
    next++;
    return word.text();
  }

  List<String> list(String what) {
    sign("(");
    List<String> values = new ArrayList<>(List.of(name(what)));
    while (skipSign(",")) {
      if (values.size() == MOST_VALUES) {
        throw refused(peek().at(), "括号里最多写 " + MOST_VALUES + " 个值,请改用标签或另建人群");
      }
      values.add(name(what));
    }
    sign(")");
    return values;
  }

  Comparison comparison() {
    Comparison comparison =
        Comparison.of(peek().kind() == Kind.SIGN ? peek().text() : "")
            .orElseThrow(() -> expected("比较符号 >=、<=、>、<、= 或 !="));
    next++;
    return comparison;
  }

  /** A comparison that asks for the same or for another. */
  boolean equality(String what) {
    int at = peek().at();
    Comparison comparison = comparison();
    if (comparison != Comparison.EQUAL && comparison != Comparison.UNEQUAL) {
      throw refused(at, what + "只能用 in、= 或 != 比较");
    }
    return comparison == Comparison.EQUAL;
  }

  BigDecimal number(String what) {
    Word word = peek();
    if (word.kind() != Kind.NUMBER) {
      throw expected(what);
    }
    next++;
    return new BigDecimal(word.text());
  }

  int wholeNumber(String what) {
    Word word = peek();
    if (word.kind() != Kind.NUMBER || !word.text().matches("[0-9]{1,9}")) {
      throw expected("表示" + what + "的非负整数");
    }
    next++;
    return Integer.parseInt(word.text());
  }

  int wholeNumber(String what, int least, int most) {
    int at = peek().at();
    int number = wholeNumber(what);
    if (number < least || number > most) {
      throw refused(at, what + "应在 " + least + " 到 " + most + " 之间");
    }
    return number;
  }

  LocalDate date() {
    Word word = peek();
    if (word.kind() != Kind.DATE) {
      throw expected("日期,例如 2026-11-22");
    }
    try {
      LocalDate date = LocalDate.parse(word.text());
      next++;
      return date;
    } catch (DateTimeException none) {
      throw refused(word.at(), "“" + word.text() + "”不是存在的日期");
    }
  }

  <T> T coded(String what, Function<String, T> reading) {
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

  RuleSyntaxException refused(int at, String what) {
    return RuleWords.problem(words.source(), at, what);
  }

  RuleSyntaxException expected(String what) {
    String found = peek().kind() == Kind.END ? "规则在这里结束了" : "却是“" + peek().text() + "”";
    return refused(peek().at(), "此处应为 " + what + "," + found);
  }
}
