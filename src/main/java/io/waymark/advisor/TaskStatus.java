package io.waymark.advisor;

import java.util.Locale;

/** Where a task stands. */
public enum TaskStatus {
  OPEN("待办"),
  COMPLETED("已完成"),
  CANCELLED("已取消");

  private final String title;

  TaskStatus(String title) {
    this.title = title;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Chinese word shown to people. */
  public String title() {
    return title;
  }

  static TaskStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
