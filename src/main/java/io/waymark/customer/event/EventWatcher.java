package io.waymark.customer.event;

import java.util.List;
import java.util.Set;

/**
 * Looks at events as they are taken in, inside the transaction that writes them, so that what it
 * concludes commits with them. History that is loaded in bulk is not shown to anybody.
 */
public interface EventWatcher {

  /** Types of events it wants to see at the moment; asked for every batch, so it must be cheap. */
  Set<String> types();

  /**
   * Properties of a type that tell two people apart but nobody needs to read: they are stored as
   * keyed hashes (64 hexadecimal digits) and shown to nobody in clear, the watcher included.
   */
  default Set<String> concealed(String type) {
    return Set.of();
  }

  /** Events that are new, in the order of their arrival, of one or several customers. */
  void arrived(List<CustomerEvent> events);
}
