package io.waymark.journey;

/** An act on a journey was refused; the message is a Chinese sentence that says what to do. */
public class JourneyRefusedException extends RuntimeException {

  private final String code;

  /** Refuses with a stable code for machines and a sentence for people. */
  public JourneyRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Stable code, e.g. {@code author_may_not_approve}. */
  public String code() {
    return code;
  }
}
