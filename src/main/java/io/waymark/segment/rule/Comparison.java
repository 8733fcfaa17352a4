package io.waymark.segment.rule;

import java.util.Arrays;
import java.util.Optional;

/** How two values are compared in a rule. */
public enum Comparison {
  AT_LEAST(">=", "≥"),
  AT_MOST("<=", "≤"),
  ABOVE(">", ">"),
  BELOW("<", "<"),
  EQUAL("=", "="),
  UNEQUAL("!=", "≠");

  private final String symbol;
  private final String title;

  Comparison(String symbol, String title) {
    this.symbol = symbol;
    this.title = title;
  }

  /** The sign as written in rules; SQL reads the same. */
  public String symbol() {
    return symbol;
  }

  /** The sign shown to people. */
  public String title() {
    return title;
  }

  /** The same comparison with its two sides exchanged. */
  Comparison mirrored() {
    return switch (this) {
      case AT_LEAST -> AT_MOST;
      case AT_MOST -> AT_LEAST;
      case ABOVE -> BELOW;
      case BELOW -> ABOVE;
      case EQUAL, UNEQUAL -> this;
    };
  }

  /** Whether a value that compares to the bound as {@code order} (see compareTo) satisfies this. */
  public boolean holds(int order) {
    return switch (this) {
      case AT_LEAST -> order >= 0;
      case AT_MOST -> order <= 0;
      case ABOVE -> order > 0;
      case BELOW -> order < 0;
      case EQUAL -> order == 0;
      case UNEQUAL -> order != 0;
    };
  }

  static Optional<Comparison> of(String symbol) {
    return Arrays.stream(values()).filter(sign -> sign.symbol.equals(symbol)).findFirst();
  }
}
