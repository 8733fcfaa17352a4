package io.waymark.segment;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as a tree. Truth is three-valued (Kleene): a condition whose fact is missing is unknown,
 * and groups follow SQL's {@code and}, {@code or}, {@code not}.
 */
public sealed interface Rule {

  /** The Chinese words for this part of the rule. */
  String wording();

  /** Every part must hold. */
  record All(List<Rule> parts) implements Rule {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public String wording() {
      return "以下全部满足";
    }
  }

  /** One part at least must hold. */
  record Any(List<Rule> parts) implements Rule {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public String wording() {
      return "以下任一满足";
    }
  }

  /** The part must not hold. */
  record Not(Rule part) implements Rule {
    @Override
    public String wording() {
      return "以下不成立";
    }
  }

  /** The customer belongs to another audience. */
  record InAudience(String code) implements Rule {
    @Override
    public String wording() {
      return "属于人群“" + code + "”";
    }
  }

  /** One question about one customer, answered from stored facts. */
  sealed interface Condition extends Rule {

    /** The Chinese sentence that says why the answer is unknown, for conditions that can be. */
    default String unknownBecause() {
      return "缺少数据";
    }
  }

  /** A tag compared as a number; unknown when it is missing or no number. */
  record TagNumber(String tag, Comparison comparison, BigDecimal bound) implements Condition {
    @Override
    public String wording() {
      return "标签 %s %s %s".formatted(tag, comparison.title(), bound.toPlainString());
    }

    @Override
    public String unknownBecause() {
      return "客户没有标签 " + tag + ",或它不是数字";
    }
  }

  /** A tag that is one of some texts; unknown when it is missing. */
  record TagText(String tag, boolean among, List<String> values) implements Condition {
    public TagText {
      values = List.copyOf(values);
    }

    @Override
    public String wording() {
      return "标签 %s %s %s".formatted(tag, among ? "为" : "不为", String.join(" 或 ", values));
    }

    @Override
    public String unknownBecause() {
      return "客户没有标签 " + tag;
    }
  }

  /**
   * How often an event happened; never unknown.
   *
   * @param days only the last so many times 24 hours count; null counts all
   */
  record EventCount(String type, Comparison comparison, int bound, @Nullable Integer days)
      implements Condition {
    @Override
    public String wording() {
      String window = days == null ? "至今" : "近 " + days + " 天";
      if (comparison == Comparison.AT_LEAST && bound == 1) {
        return window + "发生过 " + type;
      }
      if (comparison == Comparison.EQUAL && bound == 0) {
        return window + "没有发生 " + type;
      }
      return "%s发生 %s 的次数 %s %d".formatted(window, type, comparison.title(), bound);
    }
  }

  /**
   * The second event happened at least once and the first not after its last time; never unknown.
   */
  record NeverSince(String type, String since) implements Condition {
    @Override
    public String wording() {
      return "最近一次 " + since + " 之后没有发生 " + type;
    }
  }

  /** Consent as it counts now; unknown when nothing was said or a grant has run out. */
  record ConsentGiven(Purpose purpose, Channel channel) implements Condition {
    @Override
    public String wording() {
      return "已同意为 " + purpose.code() + " 通过 " + channel.code() + " 联系";
    }

    @Override
    public String unknownBecause() {
      return "客户未表示过同意或拒绝,或同意已到期";
    }
  }

  /** The level of the last assessment, valid or not; unknown when there is none. */
  record RiskLevel(Comparison comparison, RiskTolerance bound) implements Condition {
    @Override
    public String wording() {
      return "风险承受能力 " + comparison.title() + " " + bound;
    }

    @Override
    public String unknownBecause() {
      return "客户没有风险测评";
    }
  }

  /**
   * The last assessment has not expired, by its own date and by the suitability policy; unknown
   * when there is none.
   */
  record AssessmentValid() implements Condition {
    @Override
    public String wording() {
      return "风险测评在有效期内";
    }

    @Override
    public String unknownBecause() {
      return "客户没有风险测评";
    }
  }

  /** Completed years on today's date in China; unknown without a birth date. */
  record Age(Comparison comparison, int years) implements Condition {
    @Override
    public String wording() {
      return "年龄 " + comparison.title() + " " + years + " 周岁";
    }

    @Override
    public String unknownBecause() {
      return "客户没有出生日期";
    }
  }

  /** The customer's branch; never unknown. */
  record BranchIn(boolean among, List<String> branches) implements Condition {
    public BranchIn {
      branches = List.copyOf(branches);
    }

    @Override
    public String wording() {
      return "营业部%s %s".formatted(among ? "为" : "不为", String.join(" 或 ", branches));
    }
  }

  /** Holds this product with a value above zero; never unknown. */
  record HoldsProduct(String product) implements Condition {
    @Override
    public String wording() {
      return "持有产品 " + product;
    }
  }

  /** Holds any product of this type with a value above zero; never unknown. */
  record HoldsType(String type) implements Condition {
    @Override
    public String wording() {
      return "持有类型为 " + type + " 的产品";
    }
  }
}
