package io.waymark.customer.tag;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What values of a tag look like. */
public enum TagType {
  /** Any text of at most 512 characters, or one of the allowed words. */
  TEXT,
  /** A decimal number, at most 18 digits before and 8 after the point. */
  NUMBER,
  /** Kept as {@code true} or {@code false}; 是 and 否, yes and no, 1 and 0 are understood. */
  FLAG,
  /** A day in China, kept as {@code 2026-11-22}. */
  DATE;

  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,8})?");

  /** The word used in the API and on screens, e.g. {@code number}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value as it is kept; empty when it is none of this type. */
  public Optional<String> read(String value) {
    String text = value.strip();
    return switch (this) {
      case TEXT -> Optional.of(text);
      case NUMBER -> number(text).map(BigDecimal::toPlainString);
      case FLAG -> flag(text);
      case DATE -> date(text);
    };
  }

  /** The number a text reads as, whatever the type of its tag; empty when it reads as none. */
  static Optional<BigDecimal> number(String text) {
    return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static Optional<String> flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1", "是" -> Optional.of("true");
      case "false", "no", "0", "否" -> Optional.of("false");
      default -> Optional.empty();
    };
  }

  private static Optional<String> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text).toString());
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
