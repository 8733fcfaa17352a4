package io.waymark.journey.rehearsal;

/** A rehearsal that cannot be played as asked; the message tells a person what to do. */
public class RehearsalRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a Chinese sentence that says what to do. */
  public RehearsalRefusedException(String message) {
    super(message);
  }
}
