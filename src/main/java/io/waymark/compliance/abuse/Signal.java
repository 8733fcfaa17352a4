package io.waymark.compliance.abuse;

import java.time.Instant;
import java.util.HexFormat;

/** One event that carries a signal, by its keyed hash. */
record Signal(
    String kind,
    byte[] hash,
    long customerId,
    String branch,
    String event,
    Instant at,
    long eventSeq) {

  /** The value it shares with others, comparable. */
  Key key() {
    return new Key(kind, HexFormat.of().formatHex(hash));
  }

  record Key(String kind, String hash) implements Comparable<Key> {

    byte[] bytes() {
      return HexFormat.of().parseHex(hash);
    }

    @Override
    public int compareTo(Key other) {
      int order = kind.compareTo(other.kind);
      return order == 0 ? hash.compareTo(other.hash) : order;
    }
  }
}
