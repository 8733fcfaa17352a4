package io.waymark.segment.rule;

import java.math.BigDecimal;
import java.util.List;

/** A question about a tag; a tag that is missing or older than its limit is unknown. */
public sealed interface TagCondition extends Rule.Condition {

  /** The tag asked about. */
  String tag();

  @Override
  default String unknownBecause() {
    return "客户没有标签 " + tag() + ",或它的值已过期";
  }

  /** Compared as a number; unknown as well when the value is no number. */
  record Number(String tag, Comparison comparison, BigDecimal bound) implements TagCondition {
    @Override
    public String wording() {
      return "标签 %s %s %s".formatted(tag, comparison.title(), bound.toPlainString());
    }

    @Override
    public String unknownBecause() {
      return "客户没有标签 " + tag + ",或它不是数字,或它的值已过期";
    }
  }

  /** A number between two bounds, both of them included; unknown as {@link Number} is. */
  record Between(String tag, BigDecimal least, BigDecimal most) implements TagCondition {
    @Override
    public String wording() {
      return "标签 %s 在 %s 到 %s 之间".formatted(tag, least.toPlainString(), most.toPlainString());
    }

    @Override
    public String unknownBecause() {
      return "客户没有标签 " + tag + ",或它不是数字,或它的值已过期";
    }
  }

  /** One of some texts, or none of them. */
  record Text(String tag, boolean among, List<String> values) implements TagCondition {
    public Text {
      values = List.copyOf(values);
    }

    @Override
    public String wording() {
      return "标签 %s %s %s".formatted(tag, among ? "为" : "不为", String.join(" 或 ", values));
    }
  }

  /** There is a value and it is not stale; never unknown. */
  record Known(String tag) implements TagCondition {
    @Override
    public String wording() {
      return "有标签 " + tag;
    }
  }

  /** How long ago the value was true, whatever its limit; unknown only when there is none. */
  record ValueAge(String tag, Comparison comparison, Span span) implements TagCondition {
    @Override
    public String wording() {
      return "标签 %s 的值距今 %s %s".formatted(tag, comparison.title(), span.wording());
    }

    @Override
    public String unknownBecause() {
      return "客户没有标签 " + tag;
    }
  }
}
