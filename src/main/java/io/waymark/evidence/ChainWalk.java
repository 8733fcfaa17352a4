package io.waymark.evidence;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A walk along the chain from its first link; holds nothing but the last hash. */
final class ChainWalk {

  private byte[] previous = Link.GENESIS;
  private long links;

  /**
   * The next link as it is stored.
   *
   * @param number its place in the chain
   * @param evidenceId the row it is over
   * @param link the row; null when it is gone
   * @return a Chinese sentence naming the break; null when the link fits
   */
  @Nullable String step(long number, long evidenceId, byte[] hash, @Nullable Link link) {
    if (number != links + 1) {
      return "链节 %d 缺失。".formatted(links + 1);
    }
    if (link == null) {
      return "链节 %d 对应的证据 %d 缺失。".formatted(number, evidenceId);
    }
    if (!Arrays.equals(link.hashAfter(previous), hash)) {
      return "链节 %d（证据 %d）的内容与其哈希不符。".formatted(number, evidenceId);
    }
    previous = hash;
    links++;
    return null;
  }

  /** Links that fit so far. */
  long links() {
    return links;
  }

  /** Hash of the last link that fit. */
  byte[] head() {
    return previous;
  }
}
