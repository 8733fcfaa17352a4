package io.waymark.customer.event;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;

/** What a property of an event looks like. */
public enum PropertyType {
  TEXT,
  /** A JSON number, or a text that reads as one. */
  NUMBER,
  /** A point in time with its zone, such as {@code 2026-11-22T09:30:00+08:00}. */
  TIME,
  /** {@code true} or {@code false}. */
  FLAG;

  /** The word used in the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a JSON value is of this type. */
  boolean fits(Object value) {
    return switch (this) {
      case TEXT -> value instanceof String;
      case NUMBER -> value instanceof Number || readsAsNumber(value);
      case TIME -> readsAsTime(value);
      case FLAG -> value instanceof Boolean || value.equals("true") || value.equals("false");
    };
  }

  private static boolean readsAsNumber(Object value) {
    try {
      return value instanceof String text && new BigDecimal(text).precision() <= 38;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static boolean readsAsTime(Object value) {
    try {
      return value instanceof String text && OffsetDateTime.parse(text).getOffset() != null;
    } catch (DateTimeException noTime) {
      return false;
    }
  }
}
