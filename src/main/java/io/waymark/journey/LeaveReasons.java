package io.waymark.journey;

import java.util.List;
import java.util.Map;

/** Chinese words for the codes with which customers reach goals, leave or do not enter journeys. */
public final class LeaveReasons {

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("completed", "走完全程"),
          Map.entry("goal", "达成目标"),
          Map.entry("removed", "被人工移出"),
          Map.entry("withheld", "触达被拦截"),
          Map.entry("complaint", "客户投诉,停止营销"),
          Map.entry("considering", "客户还在考虑"),
          Map.entry("declined", "客户暂不需要"),
          Map.entry("low_intent", "意向不足"),
          Map.entry("no_answer", "没有联系上"),
          Map.entry("no_need", "客户暂无需要"),
          Map.entry("not_assessed", "风险测评未更新"),
          Map.entry("not_back", "没有回来"),
          Map.entry("not_converted", "没有开通定投"),
          Map.entry("not_eligible", "不符合条件"),
          Map.entry("not_funded", "仍未入金"),
          Map.entry("not_learned", "没有学完课程"),
          Map.entry("not_opened", "没有开通"),
          Map.entry("not_restarted", "没有重启定投"),
          Map.entry("not_tested", "没有通过知识测试"),
          Map.entry("opened_elsewhere", "已在他处开通"),
          Map.entry("reassessed", "完成重新测评"),
          Map.entry("refused", "客户拒绝联系"),
          Map.entry("reviewed", "已看持仓检视"),
          Map.entry("risk_warning", "风险预警,改由投顾面谈"),
          Map.entry("still_failing", "仍扣款失败"),
          Map.entry("taught", "已教学,未回来"),
          Map.entry("unreachable", "无法触达"),
          Map.entry("unsuitable", "没有适合推介的产品"),
          Map.entry("dca_created", "开通定投"),
          Map.entry("dca_recovered", "扣款恢复"),
          Map.entry("first_funding", "首次入金"),
          Map.entry("margin_opened", "开通两融"),
          Map.entry("returned", "客户回来交易"),
          Map.entry("advisory_read", "看了投顾服务"),
          Map.entry("answered", "问题得到解答"),
          Map.entry("calm", "情绪平复"),
          Map.entry("cooling_off", "冷静期"),
          Map.entry("complaint_resolved", "投诉办结"),
          Map.entry("document_updated", "更新证件"),
          Map.entry("follow_up", "持续关注"),
          Map.entry("greeted", "已问候"),
          Map.entry("introduced", "认识了投顾"),
          Map.entry("learned", "学完课程"),
          Map.entry("not_booked", "没有预约"),
          Map.entry("not_met", "没有见面"),
          Map.entry("not_reviewed", "没有查看"),
          Map.entry("not_signed", "没有签约投顾"),
          Map.entry("not_updated", "没有更新证件"),
          Map.entry("paused_plan", "客户要暂停定投"),
          Map.entry("planned", "做了规划"),
          Map.entry("skipped", "本次跳过"),
          Map.entry("tier_visited", "投顾已拜访"),
          Map.entry("told_reason", "问到了原因"),
          Map.entry("unresolved", "没有办结,转合规专人"),
          Map.entry("campaign_ended", "活动结束,没有办完"),
          Map.entry("campaign_stopped", "活动停止,已收回"),
          Map.entry("not_released", "活动结束,没有轮到"),
          Map.entry("campaign_goal", "达成活动目标"),
          Map.entry("erased", "个人信息已删除"),
          Map.entry("customer_erased", "个人信息已删除"),
          Map.entry("merged", "已并入另一客户"),
          Map.entry("merged_twice", "同一人已在该旅程中"),
          Map.entry("customer_merged", "已并入另一客户"),
          Map.entry("already_in", "已在该旅程中"),
          Map.entry("reentry_never", "该旅程只能进入一次"),
          Map.entry("reentry_too_soon", "未到可再次进入的时间"),
          Map.entry("entry_filter", "不符合进入条件"),
          Map.entry("held_out", "属于对照组"),
          Map.entry("journey_not_live", "旅程未在运行"),
          Map.entry("ramp", "等待放量"),
          Map.entry("full", "等待空位：旅程满员"),
          Map.entry("full_today", "等待空位：今日名额已满"),
          Map.entry("journey_paused", "等待旅程恢复"),
          Map.entry("journey_recalled", "旅程已被合规召回"));

  private static final List<String> GOALS =
      List.of(
          "first_funding",
          "dca_created",
          "dca_recovered",
          "margin_opened",
          "reassessed",
          "returned",
          "completed");

  private static final List<String> REASONS =
      List.of(
          "completed",
          "unreachable",
          "withheld",
          "complaint",
          "considering",
          "declined",
          "low_intent",
          "no_answer",
          "no_need",
          "not_assessed",
          "not_back",
          "not_converted",
          "not_eligible",
          "not_funded",
          "not_learned",
          "not_opened",
          "refused",
          "unsuitable");

  private LeaveReasons() {}

  /** Codes a drawing may give as its goal, for a person to choose from. */
  public static List<String> goals() {
    return GOALS;
  }

  /** Codes a drawing may give as the reason of leaving, for a person to choose from. */
  public static List<String> reasons() {
    return REASONS;
  }

  /**
   * The words for a code such as {@code goal:account_funded}; an unknown code speaks for itself.
   */
  public static String title(String code) {
    int colon = code.indexOf(':');
    return colon < 0
        ? word(code)
        : word(code.substring(0, colon)) + "(" + word(code.substring(colon + 1)) + ")";
  }

  private static String word(String code) {
    return TITLES.getOrDefault(code, code);
  }
}
