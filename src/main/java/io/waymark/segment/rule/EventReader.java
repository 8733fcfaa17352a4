package io.waymark.segment.rule;

import io.waymark.segment.rule.EventCondition.Measure;
import io.waymark.segment.rule.RuleWords.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads conditions about events and windows of time. */
final class EventReader {

  /** Where a sequence or a streak is looked for when the rule does not say. */
  static final Window USUAL = new Window.Last(new Span(90, Span.Unit.DAYS));

  private static final int MOST_TESTS = 10;
  private static final int LONGEST_SEARCH = 400;

  private final Words words;

  EventReader(Words words) {
    this.words = words;
  }

  Rule event() {
    Happening event = happening();
    if (words.skip("exists")) {
      return new EventCondition.Times(event, Comparison.AT_LEAST, 1, window());
    }
    if (words.skip("count")) {
      return new EventCondition.Times(event, words.comparison(), words.wholeNumber("次数"), window());
    }
    for (Measure measure : Measure.values()) {
      if (words.skip(measure.code())) {
        return new EventCondition.Measured(
            event, measure, words.name("属性名"), words.comparison(), words.number("数字"), window());
      }
    }
    if (words.sees("first") || words.sees("last")) {
      return occurrence(event);
    }
    if (words.skip("then")) {
      return followed(event);
    }
    if (words.sees("on") || words.sees("consecutive")) {
      return streak(event);
    }
    throw words.expected("exists、count、sum、avg、max、min、first、last、then、on 或 where");
  }

  Rule never() {
    words.word("event");
    Happening event = happening();
    if (words.sees("since") && words.follows("event")) {
      words.skip("since");
      words.skip("event");
      return new EventCondition.NeverSince(event, happening());
    }
    return new EventCondition.Times(event, Comparison.EQUAL, 0, window());
  }

  private Rule occurrence(Happening event) {
    boolean first = words.skip("first");
    if (!first) {
      words.skip("last");
    }
    int at = words.peek().at();
    Window window = window();
    if (window instanceof Window.Always) {
      throw words.refused(at, "请写明首次或末次应在什么时间,例如 within 30 days");
    }
    return new EventCondition.Occurrence(event, first, window);
  }

  private Rule followed(Happening event) {
    words.word("event");
    Happening then = happening();
    words.word("within");
    Span within = span();
    Happening without = null;
    if (words.skip("without")) {
      words.word("event");
      without = happening();
    }
    return new EventCondition.Followed(event, then, within, without, search());
  }

  private Rule streak(Happening event) {
    words.skip("on");
    boolean chinese = words.skip("consecutive");
    int days = words.wholeNumber("连续天数", 2, 100);
    if (!chinese) {
      words.word("consecutive");
    }
    boolean trading = words.skip("trading_days");
    if (!trading) {
      trading = words.skip("trading");
      day();
    }
    return new EventCondition.Streak(event, days, trading, search());
  }

  /** Nobody looks through all the past for a sequence: the search has an end. */
  private Window search() {
    int at = words.peek().at();
    if (!words.skip("over")) {
      return USUAL;
    }
    Window window = stretch();
    boolean bounded =
        window instanceof Window.Last last && last.span().duration().toDays() <= LONGEST_SEARCH
            || window instanceof Window.LastTradingDays trading
                && trading.days() <= LONGEST_SEARCH / 2
            || window instanceof Window.Period
            || window instanceof Window.Dates dates && !tooLong(dates);
    if (!bounded) {
      throw words.refused(at, "序列和连续天数最多在 " + LONGEST_SEARCH + " 天内查找,请缩短范围");
    }
    return window;
  }

  private static boolean tooLong(Window.Dates dates) {
    LocalDate first = dates.first();
    LocalDate last = dates.last();
    return first == null || last == null || first.plusDays(LONGEST_SEARCH).isBefore(last);
  }

  private Happening happening() {
    String type = words.name("事件类型");
    List<Happening.Test> tests = new ArrayList<>();
    if (words.skip("where")) {
      boolean several = words.skipSign("(");
      tests.add(test());
      while (several && words.skip("and")) {
        if (tests.size() == MOST_TESTS) {
          throw words.refused(words.peek().at(), "一个事件最多写 " + MOST_TESTS + " 个属性条件");
        }
        tests.add(test());
      }
      if (several) {
        words.sign(")");
      }
    }
    return new Happening(type, tests);
  }

  private Happening.Test test() {
    String property = words.name("属性名");
    if (words.skip("in")) {
      return new Happening.TextTest(property, true, words.list("属性值"));
    }
    int at = words.peek().at();
    Comparison comparison = words.comparison();
    if (words.peek().kind() == Kind.NUMBER) {
      return new Happening.NumberTest(property, comparison, words.number("数字"));
    }
    if (comparison != Comparison.EQUAL && comparison != Comparison.UNEQUAL) {
      throw words.refused(at, "文字只能用 = 或 != 比较;比较大小时请写数字,不加引号");
    }
    return new Happening.TextTest(
        property, comparison == Comparison.EQUAL, List.of(words.name("数字或文字")));
  }

  /** The window of a condition; all the past when it names none. */
  Window window() {
    if (words.skip("within")) {
      return stretch();
    }
    if (words.skip("between")) {
      return dates();
    }
    LocalDate first = words.skip("since") ? words.date() : null;
    LocalDate last = words.skip("until") ? words.date() : null;
    return first == null && last == null ? new Window.Always() : new Window.Dates(first, last);
  }

  private Window stretch() {
    if (words.skip("between")) {
      return dates();
    }
    for (Window.Period.Name name : Window.Period.Name.values()) {
      if (named(name)) {
        return new Window.Period(name);
      }
    }
    int at = words.peek().at();
    int count = words.wholeNumber("时间长度", 1, 3650);
    if (words.skip("trading_days")) {
      return tradingDays(at, count);
    }
    if (words.skip("trading")) {
      day();
      return tradingDays(at, count);
    }
    return new Window.Last(span(count));
  }

  private Window tradingDays(int at, int count) {
    if (count > 250) {
      throw words.refused(at, "交易日最多写 250 个");
    }
    return new Window.LastTradingDays(count);
  }

  private boolean named(Window.Period.Name name) {
    if (words.skip(name.title())) {
      return true;
    }
    String[] parts = name.code().split(" ");
    if (parts.length == 1) {
      return words.skip(parts[0]);
    }
    if (words.sees(parts[0]) && words.follows(parts[1])) {
      words.skip(parts[0]);
      return words.skip(parts[1]);
    }
    return false;
  }

  private Window dates() {
    LocalDate first = words.date();
    if (!words.skip("to")) {
      words.word("and");
    }
    int at = words.peek().at();
    LocalDate last = words.date();
    if (last.isBefore(first)) {
      throw words.refused(at, "结束日期早于开始日期");
    }
    return new Window.Dates(first, last);
  }

  /** A number and its unit. */
  Span span() {
    return span(words.wholeNumber("时间长度", 1, 3650));
  }

  private Span span(int count) {
    if (words.skip("hour") || words.skip("hours")) {
      return new Span(count, Span.Unit.HOURS);
    }
    if (words.skip("minute") || words.skip("minutes")) {
      return new Span(count, Span.Unit.MINUTES);
    }
    day();
    return new Span(count, Span.Unit.DAYS);
  }

  private void day() {
    if (!words.skip("day") && !words.skip("days")) {
      throw words.expected("days、hours、minutes 或 trading days");
    }
  }
}
