package io.waymark.platform;

import java.util.Locale;

/**
 * What a contact is for; consent is given per purpose and channel (个人信息保护法 art. 14, 广告法 art. 43).
 */
public enum Purpose {
  SERVICE,
  EDUCATION,
  PRODUCT_MARKETING,
  MARGIN_MARKETING,
  ACTIVITY,
  PERSONALISATION,
  DATA_SHARING,
  LOCATION,
  CALL;

  /** The word used in tables, templates and the API, e.g. {@code product_marketing}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether missing consent counts as refusal and caps and quiet hours apply in full. */
  public boolean marketing() {
    return this == PRODUCT_MARKETING || this == MARGIN_MARKETING || this == ACTIVITY;
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws IllegalArgumentException when no purpose has this code
   */
  public static Purpose of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
