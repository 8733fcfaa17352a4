package io.waymark.customer.identity;

/** A merge, or its undoing, cannot be done; the message is a Chinese sentence that says why. */
public class MergeRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MergeRefusedException(String message) {
    super(message);
  }
}
