package io.waymark.customer.event;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an event of a type means and which properties it carries. Properties that are not declared
 * are kept unchecked.
 *
 * @param code dotted lower-case word, e.g. {@code dca.deduct_failed}
 * @param name short Chinese name
 * @param source the system that reports it, for readers; blank when several do
 * @param retentionDays days an event of this type is kept; null for the house rule
 * @param properties declared properties in their order on screen
 */
public record EventType(
    String code,
    String name,
    String meaning,
    String source,
    @Nullable Integer retentionDays,
    List<EventProperty> properties) {

  public EventType {
    properties = List.copyOf(properties);
  }

  /** Names of the properties that tell who somebody is. */
  public Set<String> personal() {
    return properties.stream()
        .filter(EventProperty::personal)
        .map(EventProperty::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
