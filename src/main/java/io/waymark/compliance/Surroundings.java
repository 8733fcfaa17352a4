package io.waymark.compliance;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must not stand directly before or after a hit. Most guards are plain words and are compared
 * as such; only the others are patterns.
 */
final class Surroundings {

  /** No guard of a pack looks further than this. */
  static final int SIGHT = 16;

  private static final String SYNTAX = "\\[](){}.*+?^$|";

  private final String[] wordsBefore;
  private final String[] wordsAfter;
  private final @Nullable Pattern before;
  private final @Nullable Pattern after;

  Surroundings(List<String> notBefore, List<String> notAfter) {
    wordsBefore = notBefore.stream().filter(Surroundings::plain).toArray(String[]::new);
    wordsAfter = notAfter.stream().filter(Surroundings::plain).toArray(String[]::new);
    before = pattern("(?:", notBefore, ")$");
    after = pattern("^(?:", notAfter, ")");
  }

  private static boolean plain(String guard) {
    return guard.chars().noneMatch(c -> SYNTAX.indexOf(c) >= 0);
  }

  private static @Nullable Pattern pattern(String head, List<String> guards, String tail) {
    List<String> patterns = guards.stream().filter(guard -> !plain(guard)).toList();
    return patterns.isEmpty()
        ? null
        : Pattern.compile(head + String.join("|", patterns) + tail, Pattern.DOTALL);
  }

  boolean allow(View text, int start, int end) {
    for (String word : wordsBefore) {
      if (standsAt(text, start - word.length(), word)) {
        return false;
      }
    }
    for (String word : wordsAfter) {
      if (standsAt(text, end, word)) {
        return false;
      }
    }
    if (before != null && before.matcher(text.text(Math.max(0, start - SIGHT), start)).find()) {
      return false;
    }
    return after == null
        || !after.matcher(text.text(end, Math.min(text.length(), end + SIGHT))).find();
  }

  private static boolean standsAt(View text, int at, String word) {
    if (at < 0 || at + word.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text.chars[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
