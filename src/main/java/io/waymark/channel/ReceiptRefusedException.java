package io.waymark.channel;

/**
 * A batch of receipts that must not be believed. Its message is a Chinese sentence for the
 * operator.
 */
public final class ReceiptRefusedException extends RuntimeException {

  /** Why, for counters and for the HTTP status. */
  public enum Reason {
    /** No provider of this name takes receipts: answer 404. */
    UNKNOWN_PROVIDER,
    /** A signature header is missing or unreadable: answer 401. */
    SIGNATURE_MISSING,
    /** The signature does not match: answer 401. */
    SIGNATURE_WRONG,
    /** The time in the header is too far from ours: answer 401. */
    OUTSIDE_WINDOW,
    /** Exactly this request was taken in before: answer 409. */
    REPLAYED,
    /** The body is not a batch of receipts: answer 400. */
    MALFORMED,
    /** The body is larger than allowed: answer 413. */
    TOO_LARGE
  }

  private final Reason reason;

  public ReceiptRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
