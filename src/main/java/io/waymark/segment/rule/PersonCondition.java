package io.waymark.segment.rule;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.List;
import java.util.Locale;

/** A question about who the customer is, what was agreed to, and what may be sold. */
public sealed interface PersonCondition extends Rule.Condition {

  /** Whether a condition reads columns of the customer's own row. */
  static boolean readsCustomer(Rule.Condition condition) {
    return condition instanceof Age
        || condition instanceof BranchIn
        || condition instanceof AdvisorIn
        || condition instanceof ClassIs
        || condition instanceof StatusIs;
  }

  /** Completed years on today's date in China; unknown without a birth date. */
  record Age(Comparison comparison, int years) implements PersonCondition {
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
  record BranchIn(boolean among, List<String> branches) implements PersonCondition {
    public BranchIn {
      branches = List.copyOf(branches);
    }

    @Override
    public String wording() {
      return "营业部%s %s".formatted(among ? "为" : "不为", String.join(" 或 ", branches));
    }
  }

  /** The customer's advisor by user name; unknown without one. */
  record AdvisorIn(boolean among, List<String> advisors) implements PersonCondition {
    public AdvisorIn {
      advisors = List.copyOf(advisors);
    }

    @Override
    public String wording() {
      return "投顾%s %s".formatted(among ? "为" : "不为", String.join(" 或 ", advisors));
    }

    @Override
    public String unknownBecause() {
      return "客户没有投顾";
    }
  }

  /** Ordinary or professional investor; never unknown. */
  record ClassIs(boolean among, CustomerClass value) implements PersonCondition {
    @Override
    public String wording() {
      return "投资者类别%s %s".formatted(among ? "为" : "不为", value.name().toLowerCase(Locale.ROOT));
    }
  }

  /** The legal status; never unknown. */
  record StatusIs(boolean among, LegalStatus value) implements PersonCondition {
    @Override
    public String wording() {
      return "客户状态%s %s".formatted(among ? "为" : "不为", value.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Consent as it counts now; unknown when nothing was said or a grant has run out. */
  record ConsentGiven(Purpose purpose, Channel channel) implements PersonCondition {
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
  record RiskLevel(Comparison comparison, RiskTolerance bound) implements PersonCondition {
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
  record AssessmentValid() implements PersonCondition {
    @Override
    public String wording() {
      return "风险测评在有效期内";
    }

    @Override
    public String unknownBecause() {
      return "客户没有风险测评";
    }
  }

  /**
   * The risk of this product is within what the last assessment, which must be valid, allows (基金
   * 风险等级与投资者类型匹配, 适当性管理办法 art. 18–20). Unknown without an assessment or a product of this code. The
   * remaining checks of suitability are the gate's.
   */
  record Fits(String product) implements PersonCondition {
    @Override
    public String wording() {
      return "风险等级适合产品 " + product;
    }

    @Override
    public String unknownBecause() {
      return "客户没有风险测评,或没有代码为 " + product + " 的产品";
    }
  }
}
