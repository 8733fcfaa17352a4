package io.waymark.platform.staff;

import java.util.Locale;

/** What a member of staff does; each has exactly one. */
public enum Role {
  MARKETER("营销"),
  COMPLIANCE("合规"),
  ADVISOR("投顾"),
  OPERATOR("运营"),
  ADMINISTRATOR("管理员");

  private final String title;

  Role(String title) {
    this.title = title;
  }

  /** The word used in tables and authorities, e.g. {@code marketer}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Chinese word people read. */
  public String title() {
    return title;
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no role has this code
   */
  public static Role of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
