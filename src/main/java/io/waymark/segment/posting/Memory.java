package io.waymark.segment.posting;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of lists lately, at most {@link #MOST} bytes of it. A list never changes: made anew
 * it has another number.
 */
final class Memory {

  /** An eighth of the heap, and 128 MB are enough for a million customers. */
  private static final long MOST = Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 8);

  /** Part of a list; number -1 is the table of its parts. */
  record Key(long posting, int number) {}

  private record Held(Object value, long bytes) {}

  private final Map<Key, Held> held = new LinkedHashMap<>(256, 0.75f, true);
  private long bytes;

  synchronized @Nullable Object find(Key key) {
    Held found = held.get(key);
    return found == null ? null : found.value();
  }

  synchronized void keep(Key key, Object value, long size) {
    Held before = held.put(key, new Held(value, size));
    bytes += size - (before == null ? 0 : before.bytes());
    Iterator<Held> oldest = held.values().iterator();
    while (bytes > MOST && oldest.hasNext()) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}
