package io.waymark.channel;

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

  private long count(UUID messageId, boolean delivered) {
    return parts.entrySet().stream()
        .filter(entry -> entry.getValue().messageId().equals(messageId))
        .filter(entry -> Boolean.valueOf(delivered).equals(ends.get(entry.getKey())))
        .count();
  }
}
