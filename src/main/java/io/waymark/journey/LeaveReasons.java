package io.waymark.journey;

import java.util.Map;

/** Chinese words for the codes with which customers leave or do not enter journeys. */
public final class LeaveReasons {

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("completed", "走完全程"),
          Map.entry("goal", "达成目标"),
          Map.entry("removed", "被人工移出"),
          Map.entry("withheld", "触达被拦截"),
          Map.entry("complaint", "客户投诉,停止营销"),
          Map.entry("not_eligible", "不符合条件"),
          Map.entry("not_interested", "客户暂无意向"),
          Map.entry("unreachable", "未能联系到客户"),
          Map.entry("timeout", "超过等待期限"),
          Map.entry("already_in", "已在该旅程中"),
          Map.entry("reentry_never", "该旅程只能进入一次"),
          Map.entry("reentry_too_soon", "未到可再次进入的时间"),
          Map.entry("held_out", "属于对照组"),
          Map.entry("journey_not_live", "旅程未在运行"));

  private LeaveReasons() {}

  /**
   * The words for a code such as {@code goal:account_funded}; an unknown code speaks for itself.
   */
  public static String title(String code) {
    int colon = code.indexOf(':');
    if (colon < 0) {
      return TITLES.getOrDefault(code, code);
    }
    String head = code.substring(0, colon);
    return TITLES.getOrDefault(head, head) + "(" + code.substring(colon + 1) + ")";
  }
}
