package io.waymark.compliance.review;

import io.waymark.platform.crypto.KeyedHash;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * Decides by the content alone whether an officer reads what no rule sends to one. The draw is a
 * keyed hash of the content hash, so nobody can foresee it and everybody who holds the key can
 * prove it afterwards from the evidence: drawn when its number lies under the rate.
 */
@Component
public class Draw {

  private static final int DIGITS = 16;

  private final KeyedHash keyed;

  Draw(KeyedHash keyed) {
    this.keyed = keyed;
  }

  /** The draw of a content hash: the first 16 hex digits of its keyed hash. */
  public String of(String contentHash) {
    return HexFormat.of().formatHex(keyed.of("review-sampling", contentHash)).substring(0, DIGITS);
  }

  /**
   * Whether a draw falls under a rate.
   *
   * @param rate share of all texts, 0 to 1
   */
  public static boolean falls(String draw, double rate) {
    // 53 bits fit a double exactly, so that the comparison has no rounding.
    return (Long.parseUnsignedLong(draw, 16) >>> 11) < rate * (1L << 53);
  }
}
