package io.waymark.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One evidence row as the chain sees it: exactly the stored values, nothing interpreted. */
record Link(
    long id,
    Instant at,
    String kind,
    String subject,
    @Nullable Long customerId,
    @Nullable String branch,
    String actor,
    String facts) {

  /** What the first link is chained to. */
  static final byte[] GENESIS = new byte[32];

  static Link read(ResultSet row, int number) throws SQLException {
    return new Link(
        row.getLong("id"),
        row.getTimestamp("at").toInstant(),
        row.getString("kind"),
        row.getString("subject"),
        row.getObject("customer_id", Long.class),
        row.getString("branch"),
        row.getString("actor"),
        row.getString("facts"));
  }

  /**
   * SHA-256 over the previous hash and every value, each with its length before it, so that no two
   * rows have the same bytes; an absent value has the length -1.
   */
  byte[] hashAfter(byte[] previous) {
    MessageDigest digest = sha256();
    add(digest, previous);
    add(digest, Long.toString(id));
    add(digest, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)));
    add(digest, kind);
    add(digest, subject);
    add(digest, customerId == null ? null : customerId.toString());
    add(digest, branch);
    add(digest, actor);
    add(digest, facts);
    return digest.digest();
  }

  private static void add(MessageDigest digest, @Nullable String value) {
    add(digest, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(MessageDigest digest, byte @Nullable [] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (length >> shift));
    }
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
