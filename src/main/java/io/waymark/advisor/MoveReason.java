package io.waymark.advisor;

import java.util.Locale;
import java.util.stream.Stream;

/** Why a person passes a task on; a code, since reasons in own words would name the customer. */
public enum MoveReason {
  ABSENT("我将不在岗"),
  WORKLOAD("手头任务过多"),
  EXPERTISE("需要其他同事的专长"),
  CUSTOMER_WISH("客户希望由他人联系"),
  CONFLICT("与客户有利益关系,应当回避"),
  BY_LEADER("主管调配");

  private final String title;

  MoveReason(String title) {
    this.title = title;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Chinese words people choose. */
  public String title() {
    return title;
  }

  /**
   * @throws TaskRefusedException when there is no such reason
   */
  public static MoveReason of(String code) {
    return Stream.of(values())
        .filter(reason -> reason.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new TaskRefusedException("reason", "请选择转交或退回的原因。"));
  }
}
