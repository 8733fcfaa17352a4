package io.waymark.customer.event;

import java.util.List;

/**
 * One property of a type of event.
 *
 * @param name as in the JSON, at most 64 characters
 * @param required whether an event without it is refused
 * @param allowed the only values, as text; empty for any of the type
 * @param personal whether it tells who somebody is; screens leave it out
 */
public record EventProperty(
    String name, PropertyType type, boolean required, List<String> allowed, boolean personal) {

  public EventProperty {
    allowed = List.copyOf(allowed);
  }
}
