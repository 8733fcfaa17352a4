package io.waymark.journey;

import org.jspecify.annotations.Nullable;

/**
 * A customer asked to enter a journey and not yet decided on.
 *
 * @param entryEventSeq the event that caused it, or null; earlier events satisfy no wait
 * @param trace where the trace of its cause goes on, or null
 */
record Enrolment(
    long id,
    String journeyKey,
    long journeyVersionId,
    long customerId,
    String branch,
    @Nullable Long entryEventSeq,
    @Nullable String trace) {}
