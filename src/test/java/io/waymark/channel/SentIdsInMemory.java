package io.waymark.channel;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps what providers call our messages for the length of a test. */
public final class SentIdsInMemory implements SentIds {

  private record Part(UUID messageId, int parts) {}

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Boolean> ends = new HashMap<>();

  @Override
  public synchronized void remember(String provider, UUID messageId, List<String> providerIds) {
    providerIds.forEach(
        one -> parts.put(provider + " " + one, new Part(messageId, providerIds.size())));
  }

  @Override
  public synchronized Map<String, UUID> find(String provider, Collection<String> providerIds) {
    Map<String, UUID> found = new HashMap<>();
    for (String one : providerIds) {
      Part part = parts.get(provider + " " + one);
      if (part != null) {
        found.put(one, part.messageId());
      }
    }
    return found;
  }

  @Override
  public synchronized Optional<Fate> ended(String provider, String providerId, boolean delivered) {
    Part named = parts.get(provider + " " + providerId);
    if (named == null) {
      return Optional.empty();
    }
    ends.merge(provider + " " + providerId, delivered, Boolean::logicalOr);
    long arrived = count(named.messageId(), true);
    boolean whole = arrived >= named.parts();
    return Optional.of(
        new Fate(named.messageId(), whole || count(named.messageId(), false) > 0, whole));
  }

  @Override
  public synchronized Map<String, UUID> open(String provider, Instant since, int max) {
    Map<String, UUID> open = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> {
          if (name.startsWith(provider + " ") && !ends.containsKey(name)) {
            open.put(name.substring(provider.length() + 1), part.messageId());
          }
        });
    return open;
  }

  private long count(UUID messageId, boolean delivered) {
    return parts.entrySet().stream()
        .filter(entry -> entry.getValue().messageId().equals(messageId))
        .filter(entry -> Boolean.valueOf(delivered).equals(ends.get(entry.getKey())))
        .count();
  }
}
