package io.waymark.customer.event;

/** A declaration that cannot be kept; the message is a Chinese sentence that says what to do. */
public class EventTypeRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  EventTypeRefusedException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field that is wrong. */
  public String field() {
    return field;
  }
}
