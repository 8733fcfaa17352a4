package io.waymark.journey.drawing;

/** An act on a drawing was refused; the message is a Chinese sentence that says what to do. */
public class DrawingRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String code;

  /** Refuses with a stable code for machines and a sentence for people. */
  public DrawingRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Stable code, e.g. {@code stale}. */
  public String code() {
    return code;
  }
}
