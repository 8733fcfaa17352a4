package io.waymark.customer.event;

import io.waymark.platform.crypto.KeyedHash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Puts keyed hashes in the place of what watchers want to compare but nobody needs to read. */
@Component
class Concealment {

  private final ObjectProvider<EventWatcher> watchers;
  private final KeyedHash hash;

  Concealment(ObjectProvider<EventWatcher> watchers, KeyedHash hash) {
    this.watchers = watchers;
    this.hash = hash;
  }

  IncomingEvent conceal(IncomingEvent event) {
    if (event.properties() == null || event.type() == null) {
      return event;
    }
    Set<String> names = new HashSet<>();
    watchers.orderedStream().forEach(watcher -> names.addAll(watcher.concealed(event.type())));
    names.retainAll(event.properties().keySet());
    if (names.isEmpty()) {
      return event;
    }
    Map<String, Object> concealed = new HashMap<>(event.properties());
    concealed.replaceAll((name, value) -> names.contains(name) ? hashed(name, value) : value);
    return new IncomingEvent(
        event.eventId(),
        event.customer(),
        event.type(),
        event.occurredAt(),
        concealed,
        event.identities());
  }

  private Object hashed(String name, Object value) {
    return value instanceof String text && !text.isBlank()
        ? HexFormat.of().formatHex(hash.of("event." + name, text.strip().toLowerCase(Locale.ROOT)))
        : "";
  }
}
