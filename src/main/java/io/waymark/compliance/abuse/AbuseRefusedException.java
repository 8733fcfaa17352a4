package io.waymark.compliance.abuse;

/** A decision was not accepted; the message is a Chinese sentence that says what to do. */
public class AbuseRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AbuseRefusedException(String message) {
    super(message);
  }
}
