package io.waymark.customer;

/** What stands in the way of any contact: 死亡, 限制, 黑名单, 投诉处理中. */
public enum LegalStatus {
  NORMAL,
  DECEASED,
  RESTRICTED,
  BLACKLISTED,
  COMPLAINT_HOLD
}
