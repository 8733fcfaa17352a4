package io.waymark.customer;

import java.time.Instant;
import java.util.Map;

/**
 * One line of a customer's history.
 *
 * @param kind source of the line: {@code event}, {@code consent}, {@code assessment}, ...
 * @param title Chinese sentence or word for the reader
 * @param details codes and ids by name; never personal data
 */
public record TimelineEntry(Instant at, String kind, String title, Map<String, String> details) {

  public TimelineEntry {
    details = Map.copyOf(details);
  }
}
