package io.waymark.channel;

import java.util.Locale;

/** What can become of a message after a provider accepted it. */
public enum ReceiptKind {
  DELIVERED,
  FAILED,
  BOUNCED,
  OPENED,
  CLICKED,
  REPLIED,
  UNSUBSCRIBED;

  /** The word used on the wire and in tables, e.g. {@code delivered}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when no kind has this code
   */
  public static ReceiptKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
