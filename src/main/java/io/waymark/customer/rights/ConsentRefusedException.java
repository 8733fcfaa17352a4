package io.waymark.customer.rights;

/** A word about consent cannot be written down; the message is a Chinese sentence that says why. */
public class ConsentRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConsentRefusedException(String message) {
    super(message);
  }
}
