package io.waymark.evidence.anchor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The text that is signed: lines of a word, a colon and a value, readable for twenty years. */
final class AnchorStatement {

  private static final String NOTHING = "0".repeat(64);

  private AnchorStatement() {}

  static String of(
      long number,
      @Nullable String previous,
      long firstSeal,
      long lastSeal,
      byte[] root,
      byte[] head,
      Instant madeAt,
      String keyId) {
    HexFormat hex = HexFormat.of();
    return """
        waymark-evidence-anchor: 1
        number: %d
        previous: %s
        first-seal: %d
        last-seal: %d
        root: %s
        head: %s
        made-at: %s
        key: %s
        """
        .formatted(
            number,
            previous == null ? NOTHING : digest(previous),
            firstSeal,
            lastSeal,
            hex.formatHex(root),
            hex.formatHex(head),
            madeAt,
            keyId);
  }

  /** SHA-256 of a statement, in hexadecimal. */
  static String digest(String statement) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(statement.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
