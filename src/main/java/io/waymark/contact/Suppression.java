package io.waymark.contact;

import java.time.Instant;

/**
 * A customer is not to be marketed to for a while.
 *
 * @param customerId whom
 * @param reason code, e.g. {@code complaint}; {@code cooling_off} gives that reason in the verdict
 * @param until the first moment at which marketing is allowed again
 * @param actor who said so
 * @param since when it was said
 */
public record Suppression(
    long customerId, String reason, Instant until, String actor, Instant since) {

  /** What follows from a complaint without anybody writing it down. */
  static Suppression complaint(long customerId, Instant received, Instant until) {
    return new Suppression(customerId, "complaint", until, "system", received);
  }
}
