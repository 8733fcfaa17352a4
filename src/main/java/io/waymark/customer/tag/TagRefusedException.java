package io.waymark.customer.tag;

/** A definition that cannot be kept; the message is a Chinese sentence that says what to do. */
public class TagRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  public TagRefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field that is wrong. */
  public String field() {
    return field;
  }
}
