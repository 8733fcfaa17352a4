package io.waymark.journey;

import java.util.Objects;

/** Why something failed, short enough for a row that operators read. */
public final class FailureReason {

  private static final int LONGEST = 500;

  private FailureReason() {}

  /** The message of the innermost cause, or its kind when it says nothing. */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getName());
    return message.substring(0, Math.min(message.length(), LONGEST));
  }
}
