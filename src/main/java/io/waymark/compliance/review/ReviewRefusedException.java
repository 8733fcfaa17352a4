package io.waymark.compliance.review;

/** An act on a review was refused; the message is a Chinese sentence that says what to do. */
public class ReviewRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String code;

  /** Refuses with a stable code for machines and a sentence for people. */
  public ReviewRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Stable code, e.g. {@code own_content}. */
  public String code() {
    return code;
  }
}
