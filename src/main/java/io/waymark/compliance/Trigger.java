package io.waymark.compliance;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way a rule can be hit.
 *
 * @param pattern null when the literals themselves are the hits
 * @param gaps of each set of literals that must be seen before the pattern is tried: how many
 *     characters may stand between the set before and this one
 * @param pinyin whether the hit is only a sound written in letters
 */
record Trigger(
    ContentRule rule,
    @Nullable Pattern pattern,
    int[] gaps,
    Surroundings surroundings,
    List<String> notInside,
    boolean pinyin) {

  /** Bits of an index entry that number the set of literals; no pattern needs more sets. */
  static final int SET_BITS = 3;

  private static final int[] NONE = {};
  private static final Surroundings OPEN = new Surroundings(List.of(), List.of());

  static Trigger ofPhrases(ContentRule rule) {
    return new Trigger(rule, null, NONE, OPEN, List.of(), false);
  }

  static Trigger ofSound(ContentRule rule) {
    return new Trigger(rule, null, NONE, OPEN, List.of(), true);
  }
}
