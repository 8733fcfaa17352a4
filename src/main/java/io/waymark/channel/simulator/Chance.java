package io.waymark.channel.simulator;

import java.util.UUID;

/**
 * Chances that depend on nothing but the seed, the message and the question: threads may take
 * messages in any order and the same ones meet the same misfortunes.
 */
final class Chance {

  private final long seed;

  Chance(long seed) {
    this.seed = seed;
  }

  boolean strikes(double rate, String question, UUID messageId, int attempt) {
    return rate > 0 && roll(question, messageId, attempt) < rate;
  }

  /** Evenly between 0 (included) and 1 (excluded). */
  double roll(String question, UUID messageId, int attempt) {
    long mixed = mix(seed ^ question.hashCode());
    mixed = mix(mixed ^ messageId.getMostSignificantBits());
    mixed = mix(mixed ^ messageId.getLeastSignificantBits());
    return (mix(mixed + attempt) >>> 11) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
