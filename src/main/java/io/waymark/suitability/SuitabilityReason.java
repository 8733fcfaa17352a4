package io.waymark.suitability;

import java.util.Locale;

/** Why a product may not be promoted to a customer, in the order of the checks. */
public enum SuitabilityReason {
  ASSESSMENT_MISSING("客户没有风险测评结果,请先完成风险测评"),
  ASSESSMENT_EXPIRED("客户的风险测评已过期,请先重新测评"),
  MINIMUM_CLASS("客户属于风险承受能力最低类别,不得推介产品"),
  RISK_ABOVE_LEVEL("产品风险等级高于客户风险承受能力,不得主动推介"),
  TERM_MISMATCH("产品期限超出客户可接受的投资期限"),
  TYPE_MISMATCH("产品类型不在客户可接受的投资品种内"),
  OBJECTIVE_MISMATCH("产品目标与客户的投资目标不符"),
  ENTRY_CONDITION("客户不满足或无法确认满足产品准入条件"),
  HIGH_RISK_EXTRA("高风险产品的附加要求未满足,请由人工跟进");

  private final String message;

  SuitabilityReason(String message) {
    this.message = message;
  }

  /** The word used in tables, verdicts and the API, e.g. {@code risk_above_level}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A sentence for the person who reads the verdict. */
  public String message() {
    return message;
  }
}
