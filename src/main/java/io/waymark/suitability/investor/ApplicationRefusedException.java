package io.waymark.suitability.investor;

/** A step of an application was not accepted; the message says in Chinese what to do. */
public class ApplicationRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  public ApplicationRefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Name of the field that is wrong. */
  public String field() {
    return field;
  }
}
