package io.waymark.compliance.recall;

/** A recall or its lifting is not possible; the message is a Chinese sentence that says why. */
public final class RecallRefusedException extends RuntimeException {

  public RecallRefusedException(String message) {
    super(message);
  }
}
