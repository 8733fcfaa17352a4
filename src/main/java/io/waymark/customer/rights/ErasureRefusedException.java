package io.waymark.customer.rights;

/** An erasure cannot be asked for or decided; the message is a Chinese sentence that says why. */
public class ErasureRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ErasureRefusedException(String message) {
    super(message);
  }
}
