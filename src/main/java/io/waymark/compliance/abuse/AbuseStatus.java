package io.waymark.compliance.abuse;

import java.util.Locale;

/** Where a case stands. */
public enum AbuseStatus {
  /** Customers are held until an officer decides. */
  OPEN,
  /** Nothing wrong: customers are let go. */
  RELEASED,
  /** Abuse: customers stay held. */
  CONFIRMED;

  /** The word in tables and messages, e.g. {@code open}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AbuseStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
