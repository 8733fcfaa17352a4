package io.waymark.suitability;

import java.math.BigDecimal;

/**
 * Behaviour that contradicts a customer's level (适当性管理办法 art. 21; requirement K2).
 *
 * @param rule stable word for it
 * @param property property of the event that is looked at
 * @param threshold what it is compared with; empty where nothing is
 * @param count how many such events
 * @param days within how many days, the event itself included
 * @param lowerBy grades the effective level falls by; zero asks for a new assessment only
 */
public record BehaviourRule(
    String rule,
    String property,
    Comparison comparison,
    String threshold,
    int count,
    int days,
    int lowerBy,
    String basis) {

  /** How the property is compared; a missing or unreadable one never matches. */
  public enum Comparison {
    AT_MOST,
    AT_LEAST,
    IS,
    /** The property is a product whose grade does not fit the customer's level. */
    ABOVE_LEVEL,
    ANY
  }

  /** Whether a value matches, for every comparison but {@link Comparison#ABOVE_LEVEL}. */
  public boolean matches(String value) {
    return switch (comparison) {
      case ANY -> true;
      case IS -> threshold.equals(value);
      case AT_MOST -> number(value) && new BigDecimal(value).compareTo(limit()) <= 0;
      case AT_LEAST -> number(value) && new BigDecimal(value).compareTo(limit()) >= 0;
      case ABOVE_LEVEL -> false;
    };
  }

  private BigDecimal limit() {
    return new BigDecimal(threshold);
  }

  private static boolean number(String value) {
    return value.matches("-?\\d{1,15}(\\.\\d{1,9})?");
  }
}
