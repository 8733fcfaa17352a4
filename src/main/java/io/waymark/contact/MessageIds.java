package io.waymark.contact;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Message ids of version 7 (RFC 9562): the millisecond of creation in front, the rest random. The
 * moment inside an id is the {@code created_at} of its row, so a receipt that brings only an id
 * finds its month.
 */
final class MessageIds {

  private static final SecureRandom RANDOM = new SecureRandom();

  private MessageIds() {}

  /** A new id of this moment; finer than a millisecond is lost. */
  static UUID next(Instant now) {
    long high = (now.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextInt() & 0xFFFL);
    long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The moment of creation. */
  static Instant createdAt(UUID messageId) {
    return Instant.ofEpochMilli(messageId.getMostSignificantBits() >>> 16);
  }
}
