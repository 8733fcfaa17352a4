package io.waymark.platform;

import java.util.Locale;

/** A way to reach a customer (触达渠道). */
public enum Channel {
  SMS,
  EMAIL,
  WEBHOOK,
  IN_APP,
  PHONE,
  WECOM,
  WECHAT,
  PUSH;

  /** The word used in tables, templates and the API, e.g. {@code in_app}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no channel has this code
   */
  public static Channel of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
