package io.waymark.customer.event;

import java.time.Instant;
import java.util.Map;

/**
 * An event that Waymark itself reports (receipts, settled messages, completed tasks) about a
 * customer it already knows.
 *
 * @param source which part of Waymark, e.g. {@code contact}
 * @param eventId unique within the source; a repeated one is left alone
 */
public record InternalEvent(
    String source,
    String eventId,
    long customerId,
    String branch,
    String type,
    Instant occurredAt,
    Map<String, Object> properties) {}
