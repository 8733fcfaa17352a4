package io.waymark.journey;

import java.time.Instant;

/**
 * A customer whose entry into a journey failed and waits for an operator.
 *
 * @param version number of the journey's version that was to be entered
 * @param cause code of an {@link EntryCause}
 * @param reason the failure as the system reported it; not meant for customers
 */
public record FailedEnrolment(
    long id,
    String journeyKey,
    int version,
    long customerId,
    String branch,
    String cause,
    String reason,
    Instant failedAt) {}
