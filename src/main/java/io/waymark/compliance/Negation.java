package io.waymark.compliance;

import io.waymark.compliance.RulePack.NegationWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the sentence around a hit says the opposite of it. */
final class Negation {

  enum Reading {
    ASSERTED,
    CLEARED,
    /** Two negations or a turn in between: only a person can say. */
    DOUBTFUL
  }

  private static final String CLAUSE_ENDS = ",。;!?:\n";
  private static final String PLAIN_NEGATIONS = "不非没未";

  /** What is before a hit is noted in the bits of one number. */
  private static final int FURTHEST = 60;

  private static final int NEGATES = 0;
  private static final int NEGATES_NOTHING = 1;
  private static final int DOUBLE = 2;
  private static final int CONTRAST = 3;

  private final LiteralIndex before;
  private final LiteralIndex warnings;
  private final int reach;
  private final int warningReach;
  private final int longestWarning;

  Negation(NegationWords words) {
    Map<String, List<Integer>> kinds = new TreeMap<>();
    file(words.words(), NEGATES, kinds);
    file(words.notNegations(), NEGATES_NOTHING, kinds);
    file(words.doubles(), DOUBLE, kinds);
    file(words.contrasts(), CONTRAST, kinds);
    before = new LiteralIndex(kinds);
    Map<String, List<Integer>> after = new TreeMap<>();
    file(words.warningsAfter(), 0, after);
    warnings = new LiteralIndex(after);
    reach = Math.min(words.reach(), FURTHEST);
    warningReach = words.warningReach();
    longestWarning = words.warningsAfter().stream().mapToInt(String::length).max().orElse(0);
  }

  private static void file(List<String> words, int kind, Map<String, List<Integer>> kinds) {
    words.forEach(word -> kinds.computeIfAbsent(word, key -> new ArrayList<>()).add(kind));
  }

  Reading read(View text, int start, int end) {
    if (!before.isEmpty()) {
      int from = clauseStart(text, start);
      long masked = masked(text, from, start);
      if (masked < 0) {
        return Reading.DOUBTFUL;
      }
      int negationEnd = last(text, from, start, NEGATES, masked, start - reach);
      if (negationEnd >= 0) {
        return last(text, negationEnd, start, CONTRAST, masked >>> negationEnd - from, 0) >= 0
            ? Reading.DOUBTFUL
            : Reading.CLEARED;
      }
    }
    return unmaskedAfter(text, end) ? Reading.CLEARED : Reading.ASSERTED;
  }

  private int clauseStart(View text, int start) {
    int at = start;
    while (at > 0 && start - at < reach + 2 && CLAUSE_ENDS.indexOf(text.chars[at - 1]) < 0) {
      at--;
    }
    return at;
  }

  /**
   * Words like 不仅 hold a negation sign and negate nothing: a bit for each of their characters.
   *
   * @return negative when there is a double negation
   */
  private long masked(View text, int from, int to) {
    long masked = 0;
    int state = 0;
    for (int at = from; at < to; at++) {
      state = before.step(state, text.chars[at]);
      for (int number : before.endingAt(state)) {
        for (int kind : before.entries(number)) {
          if (kind == DOUBLE) {
            return -1;
          }
          if (kind == NEGATES_NOTHING) {
            int length = before.length(number);
            masked |= (1L << length) - 1 << at + 1 - length - from;
          }
        }
      }
    }
    return masked;
  }

  /** Where the last unmasked word of a kind ends that begins no earlier than a place; else -1. */
  private int last(View text, int from, int to, int wanted, long masked, int earliest) {
    int last = -1;
    int state = 0;
    for (int at = from; at < to; at++) {
      state = before.step(state, text.chars[at]);
      for (int number : before.endingAt(state)) {
        int begin = at + 1 - before.length(number);
        long own = (1L << before.length(number)) - 1 << begin - from;
        if (begin >= earliest && (masked & own) == 0 && is(number, wanted)) {
          last = at + 1;
        }
      }
    }
    return last;
  }

  private boolean is(int number, int wanted) {
    for (int kind : before.entries(number)) {
      if (kind == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word directly after the hit warns of it. */
  private boolean unmaskedAfter(View text, int end) {
    if (warnings.isEmpty()) {
      return false;
    }
    int state = 0;
    int furthest = Math.min(text.length(), end + warningReach + longestWarning);
    for (int at = end; at < furthest && CLAUSE_ENDS.indexOf(text.chars[at]) < 0; at++) {
      state = warnings.step(state, text.chars[at]);
      for (int number : warnings.endingAt(state)) {
        int begin = at + 1 - warnings.length(number);
        if (begin - end <= warningReach && !negated(text, end, begin)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean negated(View text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (PLAIN_NEGATIONS.indexOf(text.chars[at]) >= 0) {
        return true;
      }
    }
    return false;
  }
}
