package io.waymark.customer.rights;

/** A correction cannot be asked for or decided; the message is a Chinese sentence that says why. */
public class CorrectionRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  public CorrectionRefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** What the request said wrongly, e.g. {@code value}. */
  public String field() {
    return field;
  }
}
