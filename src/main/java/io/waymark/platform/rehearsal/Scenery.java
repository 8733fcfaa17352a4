package io.waymark.platform.rehearsal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands on a stage when it opens: the tables that are written there, with the live rows each
 * begins with. Every other table is the live one, and can only be read.
 *
 * @param tables condition on the live rows {@code x} to begin with, by table; empty for none of
 *     them, {@code true} for all. A condition may ask the table {@code rehearsed (customer_id)}
 * @param numbers first number of sequences that must count alike on every stage, by name; the
 *     others count where no other stage does
 * @param customers whose rows are meant by {@code rehearsed}
 */
public record Scenery(Map<String, String> tables, Map<String, Long> numbers, List<Long> customers) {

  public Scenery {
    tables = Map.copyOf(tables);
    numbers = Map.copyOf(numbers);
    customers = List.copyOf(customers);
  }

  /** The same tables for other customers. */
  public Scenery of(Collection<Long> others) {
    return new Scenery(tables, numbers, List.copyOf(others));
  }

  /** The same with other rows to begin with in some tables, or with further tables. */
  public Scenery with(Map<String, String> conditions) {
    Map<String, String> all = new LinkedHashMap<>(tables);
    all.putAll(conditions);
    return new Scenery(all, numbers, customers);
  }
}
