package io.waymark.evidence.pack;

/** A pack cannot be made; the message is a Chinese sentence that says what to do. */
public final class PackRefusedException extends RuntimeException {

  public PackRefusedException(String message) {
    super(message);
  }
}
