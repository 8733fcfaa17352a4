package io.waymark.journey;

import java.time.OffsetDateTime;

/**
 * A customer who was asked in and must wait outside.
 *
 * @param reason code: {@code ramp}, {@code full}, {@code full_today} or {@code journey_paused}
 * @param customerRef the customer's number
 */
public record WaitingWish(
    long enrolmentId,
    long customerId,
    String customerRef,
    String branch,
    String reason,
    OffsetDateTime requestedAt) {}
