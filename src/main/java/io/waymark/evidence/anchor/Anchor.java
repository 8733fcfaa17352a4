package io.waymark.evidence.anchor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement about a stretch of the chain.
 *
 * @param number 1 for the first, without gaps
 * @param firstSeal first link it speaks about
 * @param lastSeal last link it speaks about
 * @param root Merkle root over the hashes of these links
 * @param headHash hash of the last of them
 * @param statement what was signed, plain text in UTF-8
 * @param keyId fingerprint of the key that signed
 * @param timestampToken RFC 3161 token over the statement (DER); null when none was asked or given
 */
public record Anchor(
    long number,
    long firstSeal,
    long lastSeal,
    byte[] root,
    byte[] headHash,
    String statement,
    byte[] signature,
    String keyId,
    Instant madeAt,
    byte @Nullable [] timestampToken) {

  /** Links it speaks about. */
  public long links() {
    return lastSeal - firstSeal + 1;
  }

  /** Whether a time-stamping authority confirmed when it existed. */
  public boolean stamped() {
    return timestampToken != null;
  }
}
