package io.waymark.advisor;

import java.util.Locale;

/** Why a task went to whom it went. */
public enum RoutingReason {
  OWN_ADVISOR("客户的专属投顾"),
  NO_OWN_ADVISOR("客户没有专属投顾,按负荷分给本营业部投顾"),
  OWN_UNAVAILABLE("专属投顾已停用、不属于本营业部或未登记,按负荷分给本营业部投顾"),
  OWN_UNQUALIFIED("专属投顾没有此任务要求的资格,按负荷分给本营业部投顾"),
  OWN_LICENCE_EXPIRED("专属投顾执业资格已过期,按负荷分给本营业部投顾"),
  OWN_ABSENT("专属投顾请假,按负荷分给本营业部投顾"),
  OWN_FULL("专属投顾今日任务已满,按负荷分给本营业部投顾"),
  POOL("本营业部暂无可接此任务的投顾,等待有资格的投顾领取"),
  CLAIMED("投顾自行领取"),
  HANDED_OVER("由同事转交"),
  SHARED_OUT("按分派规则直接按负荷分给本营业部投顾"),
  HEAD_OFFICE("本营业部暂无可接此任务的投顾,由总部投顾承接"),
  CAMPAIGN_OWN("总部活动下发给客户的专属投顾"),
  CAMPAIGN_SHARED("总部活动下发,专属投顾不在岗、资格不符或名额已满,按负荷分给本营业部投顾"),
  REROUTED_ABSENT("原负责人请假且赶不及到期,已改派"),
  REROUTED_UNFIT("原负责人执业资格已过期、资格不符或已停用,已改派"),
  REROUTED_REFUSED("原负责人退回,已改派"),
  REROUTED_OVERDUE("已超期,按分派规则改派"),
  REROUTED_FROM_POOL("有投顾可接,已从待领取分出");

  private final String message;

  RoutingReason(String message) {
    this.message = message;
  }

  /** The stable word kept in tables and evidence. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Chinese sentence shown to people. */
  public String message() {
    return message;
  }

  static RoutingReason of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
