package io.waymark.segment.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer in three-valued logic: what is not known is neither yes nor no. */
public enum Truth {
  YES("符合"),
  NO("不符合"),
  UNKNOWN("未知");

  private final String title;

  Truth(String title) {
    this.title = title;
  }

  /** The Chinese word shown to people. */
  public String title() {
    return title;
  }

  /** The word a journey branches on: {@code yes}, {@code no}, {@code unknown}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads SQL's boolean, in which null stands for unknown. */
  public static Truth of(@Nullable Boolean value) {
    return value == null ? UNKNOWN : value ? YES : NO;
  }

  Truth and(Truth other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES ? other : UNKNOWN;
  }

  Truth or(Truth other) {
    return not().and(other.not()).not();
  }

  Truth not() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
