package io.waymark.compliance;

import io.waymark.compliance.RulePack.NegationWords;
import java.util.List;

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

  private final NegationWords words;

  Negation(NegationWords words) {
    this.words = words;
  }

  Reading read(String text, int start, int end) {
    String before = text.substring(clauseStart(text, start), start);
    if (containsAny(before, words.doubles())) {
      return Reading.DOUBTFUL;
    }
    String masked = mask(before);
    int negationEnd = lastNegationEnd(masked);
    if (negationEnd >= 0) {
      return containsAny(masked.substring(negationEnd), words.contrasts())
          ? Reading.DOUBTFUL
          : Reading.CLEARED;
    }
    return unmaskedAfter(text, end) ? Reading.CLEARED : Reading.ASSERTED;
  }

  private int clauseStart(String text, int start) {
    int at = start;
    while (at > 0
        && start - at < words.reach() + 2
        && CLAUSE_ENDS.indexOf(text.charAt(at - 1)) < 0) {
      at--;
    }
    return at;
  }

  /** Words like 不仅 hold a negation sign and negate nothing. */
  private String mask(String clause) {
    String masked = clause;
    for (String word : words.notNegations()) {
      if (masked.contains(word)) {
        masked = masked.replace(word, "＊".repeat(word.length()));
      }
    }
    return masked;
  }

  private int lastNegationEnd(String clause) {
    int last = -1;
    for (String word : words.words()) {
      int at = clause.lastIndexOf(word);
      if (at >= 0 && clause.length() - at <= words.reach()) {
        last = Math.max(last, at + word.length());
      }
    }
    return last;
  }

  private boolean unmaskedAfter(String text, int end) {
    int to = end;
    while (to < text.length() && CLAUSE_ENDS.indexOf(text.charAt(to)) < 0) {
      to++;
    }
    String after = text.substring(end, to);
    for (String warning : words.warningsAfter()) {
      int at = after.indexOf(warning);
      if (at >= 0
          && at <= words.warningReach()
          && after.substring(0, at).chars().noneMatch(c -> PLAIN_NEGATIONS.indexOf(c) >= 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsAny(String text, List<String> words) {
    return words.stream().anyMatch(text::contains);
  }
}
