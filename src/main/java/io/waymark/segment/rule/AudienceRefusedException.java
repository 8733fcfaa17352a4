package io.waymark.segment.rule;

/** An audience cannot be saved or used; the message is a Chinese sentence that says what to do. */
public class AudienceRefusedException extends RuntimeException {

  public AudienceRefusedException(String message) {
    super(message);
  }
}
