package io.waymark.compliance;

/** A rule pack is refused; the Chinese message names the rule and says what to do. */
public class RulePackException extends RuntimeException {

  public RulePackException(String message) {
    super(message);
  }

  RulePackException(String message, Throwable cause) {
    super(message, cause);
  }
}
