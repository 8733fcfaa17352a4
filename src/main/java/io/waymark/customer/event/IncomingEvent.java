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
 * @param identities clear value by type that the customer showed with it, e.g. the device; added to
 *     what is known of him and not kept with the event
 */
public record IncomingEvent(
    String eventId,
    String customer,
    String type,
    Instant occurredAt,
    Map<String, Object> properties,
    Map<String, String> identities) {

  public IncomingEvent {
    identities = Map.copyOf(identities);
  }

  /** An event that says nothing of who the customer is. */
  public IncomingEvent(
      String eventId,
      String customer,
      String type,
      Instant occurredAt,
      Map<String, Object> properties) {
    this(eventId, customer, type, occurredAt, properties, Map.of());
  }

  @Override
  public String toString() {
    return "IncomingEvent[" + eventId + ", " + type + "]";
  }
}
