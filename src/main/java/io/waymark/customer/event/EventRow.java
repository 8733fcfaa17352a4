package io.waymark.customer.event;

import io.waymark.customer.CustomerLookup;
import java.time.Instant;

/** A sound event of a known customer, ready to be written. */
record EventRow(
    String source,
    String eventId,
    long customerId,
    String branch,
    String type,
    Instant occurredAt,
    String properties) {

  static EventRow of(
      String source, IncomingEvent event, CustomerLookup.Known customer, String properties) {
    return new EventRow(
        source,
        event.eventId(),
        customer.id(),
        customer.branch(),
        event.type(),
        event.occurredAt(),
        properties);
  }

  static EventRow of(InternalEvent event) {
    return new EventRow(
        event.source(),
        event.eventId(),
        event.customerId(),
        event.branch(),
        event.type(),
        event.occurredAt(),
        EventProperties.write(event.properties()));
  }

  CustomerEvent toEvent(long seq, Instant receivedAt) {
    return new CustomerEvent(
        seq, customerId, branch, type, occurredAt, receivedAt, EventProperties.read(properties));
  }
}
