package io.waymark.compliance;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A regular expression that first looks for words without which it cannot match. Most expressions
 * of a list of required elements are about another kind of text than the one at hand, and a search
 * for a word costs a hundredth of a run of the expression.
 */
final class TextPattern {

  private static final String SPECIAL = "\\.[](){}*+?|^$";

  private final Pattern pattern;
  private final List<String> oneNeeded;
  private final boolean plain;

  private TextPattern(Pattern pattern, List<String> oneNeeded, boolean plain) {
    this.pattern = pattern;
    this.oneNeeded = oneNeeded;
    this.plain = plain;
  }

  /**
   * Compiles it.
   *
   * @throws com.google.re2j.PatternSyntaxException when it is no expression of RE2
   */
  static TextPattern compile(String expression) {
    Pattern pattern = Pattern.compile(expression);
    boolean plain = isPlain(expression);
    return new TextPattern(
        pattern, plain ? List.of(expression) : Words.oneNeededBy(expression), plain);
  }

  boolean isIn(String text) {
    if (!oneNeeded.isEmpty() && oneNeeded.stream().noneMatch(text::contains)) {
      return false;
    }
    return plain || pattern.matcher(text).find();
  }

  /** Words of which a text that matches holds at least one; empty when none can be named. */
  List<String> oneNeeded() {
    return oneNeeded;
  }

  private static boolean isPlain(String expression) {
    return !expression.isEmpty()
        && expression.chars().noneMatch(letter -> SPECIAL.indexOf(letter) >= 0);
  }

  /** Reads an expression from left to right for what every match must hold. */
  private static final class Words {

    private final String expression;
    private final List<List<String>> needed = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private int at;

    private Words(String expression) {
      this.expression = expression;
    }

    static List<String> oneNeededBy(String expression) {
      // Letter case and line mode change what a letter means; nothing is said about those.
      if (expression.replace("(?:", "").contains("(?")) {
        return List.of();
      }
      List<String> all = new ArrayList<>();
      for (String alternative : alternatives(expression)) {
        Optional<List<String>> some = new Words(alternative).best();
        if (some.isEmpty()) {
          return List.of();
        }
        all.addAll(some.get());
      }
      return List.copyOf(all);
    }

    /** The set whose shortest word is longest: it is found by chance least often. */
    private Optional<List<String>> best() {
      while (at < expression.length()) {
        char letter = expression.charAt(at);
        if (letter == '(') {
          group();
        } else if (letter == '[') {
          skipTo(endOfClass());
        } else if (letter == '\\') {
          escaped();
        } else if (SPECIAL.indexOf(letter) >= 0) {
          skipTo(at + 1);
        } else {
          letter(letter, at + 1);
        }
      }
      endRun();
      return needed.stream().max(Comparator.comparingInt(Words::shortest));
    }

    private static int shortest(List<String> words) {
      return words.stream().mapToInt(String::length).min().orElse(0);
    }

    private void group() {
      endRun();
      int end = endOfGroup(expression, at);
      String inside = expression.substring(at + 1, end - 1);
      List<String> words = alternatives(inside.startsWith("?:") ? inside.substring(2) : inside);
      boolean certain = !mayBeMissing(end);
      if (certain && words.stream().allMatch(TextPattern::isPlain)) {
        needed.add(words);
      }
      skipTo(end);
    }

    private void escaped() {
      char letter = expression.charAt(at + 1);
      if (Character.isLetterOrDigit(letter)) {
        // A class such as \d, or a form with braces: no letter of its own.
        at = expression.length();
        endRun();
      } else {
        letter(letter, at + 2);
      }
    }

    private void letter(char letter, int next) {
      if (mayBeMissing(next)) {
        skipTo(next);
        return;
      }
      run.append(letter);
      if (next < expression.length() && "+{".indexOf(expression.charAt(next)) >= 0) {
        skipTo(next);
      } else {
        at = next;
      }
    }

    /** Ends the word being read and goes on behind the quantifier that may stand there. */
    private void skipTo(int next) {
      endRun();
      at = next;
      if (at < expression.length() && expression.charAt(at) == '{') {
        at = expression.indexOf('}', at) + 1;
      }
      while (at < expression.length() && "?*+".indexOf(expression.charAt(at)) >= 0) {
        at++;
      }
    }

    private void endRun() {
      if (run.length() > 0) {
        needed.add(List.of(run.toString()));
        run.setLength(0);
      }
    }

    private boolean mayBeMissing(int next) {
      return next < expression.length()
          && ("?*".indexOf(expression.charAt(next)) >= 0
              || expression.startsWith("{0", next)
              || expression.startsWith("{,", next));
    }

    private int endOfClass() {
      int end = at + 1;
      if (expression.startsWith("^", end)) {
        end++;
      }
      if (expression.startsWith("]", end)) {
        end++;
      }
      while (expression.charAt(end) != ']') {
        end += expression.charAt(end) == '\\' ? 2 : 1;
      }
      return end + 1;
    }

    private static int endOfGroup(String expression, int open) {
      int depth = 0;
      for (int i = open; ; i++) {
        char letter = expression.charAt(i);
        if (letter == '\\') {
          i++;
        } else if (letter == '[') {
          i = new Words(expression).classEndingBehind(i) - 1;
        } else if (letter == '(') {
          depth++;
        } else if (letter == ')' && --depth == 0) {
          return i + 1;
        }
      }
    }

    private int classEndingBehind(int open) {
      at = open;
      return endOfClass();
    }

    private static List<String> alternatives(String expression) {
      List<String> parts = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < expression.length(); i++) {
        char letter = expression.charAt(i);
        if (letter == '\\') {
          i++;
        } else if (letter == '[') {
          i = new Words(expression).classEndingBehind(i) - 1;
        } else if (letter == '(') {
          i = endOfGroup(expression, i) - 1;
        } else if (letter == '|') {
          parts.add(expression.substring(from, i));
          from = i + 1;
        }
      }
      parts.add(expression.substring(from));
      return parts;
    }
  }
}
