package io.waymark.contact;

import java.util.Locale;

/** Why a message was held back, in the words of the verdict, the timeline and the diagram. */
public enum WithheldReason {
  LEGAL_STATUS("客户处于身故、限制、黑名单或投诉处理状态，不得触达；状态解除后才能再发"),
  CAPACITY("客户不满足营销对象的年龄要求，不得营销"),
  CONSENT_MISSING("客户未就该用途和渠道作出同意，请先取得同意"),
  CONSENT_REFUSED("客户已拒绝该用途和渠道，不得再发，请勿再次征询"),
  PERSONALISATION_REFUSED("客户已关闭个性化推荐，且该内容没有可用的非个性化版本，不得发送"),
  CONSENT_ASKED_AGAIN("客户拒绝后尚在冷却期内，不得再次征询同意"),
  SUPPRESSED("客户处于暂停营销期，到期或解除后才能再发"),
  ABUSE_HOLD("客户涉及活动防作弊案件，在合规人员放行之前不得营销"),
  COOLING_OFF("客户处于冷静期，冷静期结束后才能再发"),
  CAP_EXCEEDED("已达到触达频次上限，请等待窗口滚动后再发"),
  PREEMPTED("让位于更重要的消息；如仍需触达，请在窗口滚动后重新发起"),
  SUPERSEDED("已由同一事项的另一渠道接替，无需处理"),
  SEND_TIME("将在客户惯常查看的时段发送"),
  QUIET_HOURS("当前为免打扰时段，将顺延到可触达时段"),
  ASSESSMENT_MISSING("客户没有风险测评结果，请先引导完成测评"),
  ASSESSMENT_EXPIRED("客户风险测评已过期，请先引导重新测评"),
  MINIMUM_CLASS("客户属于风险承受能力最低类别，不得推介产品"),
  RISK_ABOVE_LEVEL("产品风险等级高于客户风险承受能力，不得主动推介"),
  TERM_MISMATCH("产品期限与客户投资期限不匹配，不得主动推介"),
  TYPE_MISMATCH("产品类型与客户投资品种不匹配，不得主动推介"),
  OBJECTIVE_MISMATCH("产品与客户投资目标不匹配，不得主动推介"),
  ENTRY_CONDITION("客户不满足业务准入条件，不得推介该业务"),
  HIGH_RISK_EXTRA("高风险产品的附加要求未满足，请转人工办理"),
  CONTENT_NOT_APPROVED("模板没有有效的审批版本，或不适用于该产品，请先提交审批"),
  CONTENT_PAUSED("模板批准后生效的规则命中了它，已暂停发送；请修改后重新送审"),
  CONTENT_VIOLATION("成文内容命中违规用语，请修改模板或参数后重新审批"),
  CONTENT_ELEMENT_MISSING("成文内容缺少必备要素，请补充后重新审批"),
  RECALLED("该产品、模板、用语、旅程或渠道已被合规召回，解除召回后才能再发"),
  ADDRESS_MISSING("客户没有该渠道的联系方式，请先补充"),
  PRODUCT_UNKNOWN("找不到模板要求的产品，请检查旅程的产品设置"),
  PRODUCT_CLOSED("产品已停止销售，不得推介"),
  CHANNEL_STOPPED("该渠道未开通或已停用，请联系管理员"),
  CUSTOMER_UNKNOWN("找不到该客户，或该客户号已合并到另一客户、个人信息已删除；请检查客户号"),
  FACTS_MISSING("判断所需的客户资料缺失，按从严原则不予营销，请先补充资料");

  private final String message;

  WithheldReason(String message) {
    this.message = message;
  }

  /** The word used in tables, BPMN variables and the API, e.g. {@code consent_missing}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A Chinese sentence that says what is the matter and what to do. */
  public String message() {
    return message;
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no reason has this code
   */
  public static WithheldReason of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
