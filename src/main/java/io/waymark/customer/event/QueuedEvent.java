package io.waymark.customer.event;

import org.jspecify.annotations.Nullable;

/**
 * An event that journeys have still to read.
 *
 * @param attempts how often it was put back
 * @param participationId null for everybody; otherwise a redelivery for this participation alone
 */
public record QueuedEvent(CustomerEvent event, int attempts, @Nullable Long participationId) {}
