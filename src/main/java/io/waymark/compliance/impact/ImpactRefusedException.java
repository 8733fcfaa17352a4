package io.waymark.compliance.impact;

/** An assessment was not accepted; the message is a Chinese sentence that says what to do. */
public class ImpactRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  public ImpactRefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Name of the field that is wrong. */
  public String field() {
    return field;
  }
}
