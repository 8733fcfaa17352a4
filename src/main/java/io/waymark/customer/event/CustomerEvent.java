package io.waymark.customer.event;

import java.time.Instant;
import java.util.Map;

/**
 * Something a customer did or that happened to one, as stored.
 *
 * @param seq order of arrival over all customers; below zero for history, which journeys never see
 * @param occurredAt when it happened at the source
 * @param receivedAt when Waymark took it in
 */
public record CustomerEvent(
    long seq,
    long customerId,
    String branch,
    String type,
    Instant occurredAt,
    Instant receivedAt,
    Map<String, Object> properties) {}
