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
    long customerId, String reason, Instant until, String actor, Instant since) {}
