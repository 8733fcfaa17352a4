package io.waymark.journey;

import org.jspecify.annotations.Nullable;

/**
 * A wish that a customer enter a journey.
 *
 * @param causeRef what makes the wish unique: the event's sequence number, the audience run, the
 *     caller's request id
 * @param entryEventSeq the event that caused it, or null
 */
public record EntryRequest(
    JourneyVersion version,
    long customerId,
    String branch,
    EntryCause cause,
    String causeRef,
    @Nullable Long entryEventSeq) {}
