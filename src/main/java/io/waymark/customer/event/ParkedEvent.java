package io.waymark.customer.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that could not be delivered and was put aside.
 *
 * @param participationId for whom it was, null when for everybody
 * @param attempts how often delivery failed
 */
public record ParkedEvent(
    long id,
    long seq,
    long customerId,
    String branch,
    String type,
    Instant occurredAt,
    @Nullable Long participationId,
    int attempts,
    String reason,
    Instant parkedAt) {}
