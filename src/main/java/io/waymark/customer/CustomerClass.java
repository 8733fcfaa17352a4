package io.waymark.customer;

/** Investor class of 适当性管理办法 art. 7: 普通投资者 or 专业投资者. */
public enum CustomerClass {
  ORDINARY,
  PROFESSIONAL
}
