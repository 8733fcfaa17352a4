package io.waymark.customer.load;

/** A file that is not even begun; the message is a Chinese sentence that says what to do. */
public class ImportRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  ImportRefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field that is wrong. */
  public String field() {
    return field;
  }
}
