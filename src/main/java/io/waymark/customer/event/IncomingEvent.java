package io.waymark.customer.event;

import java.time.Instant;
import java.util.Map;

/**
 * An event as an outside system reports it.
 *
 * @param eventId the source's own id; (source, eventId) is taken in once, for ever
 * @param customer ref or {@code type:value} identity
 * @param type dotted lower-case word, e.g. {@code dca.deduct_failed}
 * @param properties at most 16 kB as JSON
 */
public record IncomingEvent(
    String eventId,
    String customer,
    String type,
    Instant occurredAt,
    Map<String, Object> properties) {}
