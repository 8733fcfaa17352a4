package io.waymark.channel.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The messages a simulator took, in memory, the oldest forgotten first. */
final class Ledger {

  private final Map<UUID, LedgerLine> lines;
  private final Map<UUID, Integer> attempts;
  private long taken;

  Ledger(int size) {
    lines = bounded(size);
    attempts = bounded(size);
  }

  /** Counts how often a message was tried, taken or not; 1 the first time. */
  synchronized int attempt(UUID messageId) {
    return attempts.merge(messageId, 1, Integer::sum);
  }

  /**
   * Takes a message, or counts it once more when it is known.
   *
   * @return the line as it stood before; empty when the message is new
   */
  synchronized Optional<LedgerLine> take(LedgerLine line) {
    LedgerLine known = lines.get(line.messageId());
    if (known == null) {
      lines.put(line.messageId(), line);
      taken++;
    } else if (known.sameMessage(line)) {
      lines.put(line.messageId(), known.again());
    }
    return Optional.ofNullable(known);
  }

  synchronized void fate(UUID messageId, String fate) {
    lines.computeIfPresent(messageId, (id, line) -> line.met(fate));
  }

  synchronized Optional<LedgerLine> find(UUID messageId) {
    return Optional.ofNullable(lines.get(messageId));
  }

  synchronized List<LedgerLine> newestFirst() {
    List<LedgerLine> all = new ArrayList<>(lines.values());
    Collections.reverse(all);
    return all;
  }

  /** Different messages taken since the start, forgotten ones included. */
  synchronized long taken() {
    return taken;
  }

  private static <V> Map<UUID, V> bounded(int size) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<UUID, V> eldest) {
        return size() > size;
      }
    };
  }
}
