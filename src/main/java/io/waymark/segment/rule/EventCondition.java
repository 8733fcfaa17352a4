package io.waymark.segment.rule;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A question about what the customer did; late events count at the time they happened. */
public sealed interface EventCondition extends Rule.Condition {

  /** How often it happened; never unknown. */
  record Times(Happening event, Comparison comparison, int bound, Window window)
      implements EventCondition {
    @Override
    public String wording() {
      if (comparison == Comparison.AT_LEAST && bound == 1) {
        return window.wording() + "发生过 " + event.wording();
      }
      if (comparison == Comparison.EQUAL && bound == 0) {
        return window.wording() + "没有发生 " + event.wording();
      }
      return "%s发生 %s 的次数 %s %d"
          .formatted(window.wording(), event.wording(), comparison.title(), bound);
    }
  }

  /** What is computed of a property over events. */
  enum Measure {
    SUM("sum", "合计"),
    AVERAGE("avg", "平均值"),
    MOST("max", "最大值"),
    LEAST("min", "最小值");

    private final String code;
    private final String title;

    Measure(String code, String title) {
      this.code = code;
      this.title = title;
    }

    /** The word in a rule and in SQL. */
    public String code() {
      return code;
    }
  }

  /**
   * A property computed over the events. Unknown when one of them lacks it as a number; over no
   * event the sum is zero and everything else is unknown.
   */
  record Measured(
      Happening event,
      Measure measure,
      String property,
      Comparison comparison,
      BigDecimal bound,
      Window window)
      implements EventCondition {
    @Override
    public String wording() {
      return "%s %s 的 %s %s %s %s"
          .formatted(
              window.wording(),
              event.wording(),
              property,
              measure.title,
              comparison.title(),
              bound.toPlainString());
    }

    @Override
    public String unknownBecause() {
      return "没有这样的事件,或有的事件缺少数字属性 " + property;
    }
  }

  /** The first or the last time ever lies in the window; unknown when it never happened. */
  record Occurrence(Happening event, boolean first, Window window) implements EventCondition {
    @Override
    public String wording() {
      return "%s一次 %s 发生在%s".formatted(first ? "第" : "最近", event.wording(), window.wording());
    }

    @Override
    public String unknownBecause() {
      return "从未发生过 " + event.wording();
    }
  }

  /**
   * One event and after it another, at most so much later; never unknown.
   *
   * @param without what must not happen strictly between the two; null for anything may
   * @param window when the first of the two happened
   */
  record Followed(
      Happening event, Happening then, Span within, @Nullable Happening without, Window window)
      implements EventCondition {
    @Override
    public String wording() {
      return "%s发生 %s,其后 %s 内发生 %s%s"
          .formatted(
              window.wording(),
              event.wording(),
              within.wording(),
              then.wording(),
              without == null ? "" : ",其间没有 " + without.wording());
    }
  }

  /** It happened on so many days in a row, at any time in the window; never unknown. */
  record Streak(Happening event, int days, boolean trading, Window window)
      implements EventCondition {
    @Override
    public String wording() {
      return "%s连续 %d 个%s发生 %s"
          .formatted(window.wording(), days, trading ? "交易日" : "自然日", event.wording());
    }
  }

  /**
   * The second event happened at least once and the first not after its last time; never unknown.
   */
  record NeverSince(Happening event, Happening since) implements EventCondition {
    @Override
    public String wording() {
      return "最近一次 " + since.wording() + " 之后没有发生 " + event.wording();
    }
  }
}
