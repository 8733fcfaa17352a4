package io.waymark.compliance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Literals of which every match of a pattern contains at least one. A pattern is tried only on
 * texts where one of them was seen, so that ninety rules cost one pass over the text.
 */
final class RequiredLiterals {

  private static final int LIMIT = 300;

  /** A width nothing is known of. */
  static final int ENDLESS = 1 << 20;

  private final String pattern;
  private int at;
  private boolean anchored;

  /**
   * The result.
   *
   * @param all every string the pattern matches; null when they cannot be counted
   * @param needed one literal of each set is in every match, in this order; empty when nothing is
   *     known
   */
  record Reading(@Nullable Set<String> all, List<Needed> needed) {}

  /**
   * Literals of which a match holds one.
   *
   * @param gap how many characters may stand at most between the set before and this one
   */
  record Needed(Set<String> literals, int gap) {}

  /**
   * What is known of a part of a pattern.
   *
   * @param exact all strings it matches; null when there are too many
   * @param needed of each set, every match holds one string
   * @param width characters it matches at most
   */
  private record Part(@Nullable Set<String> exact, List<Needed> needed, int width) {

    static Part unknown(int width) {
      return new Part(null, List.of(), width);
    }

    static Part of(Set<String> exact) {
      return new Part(
          exact,
          exact.contains("") ? List.of() : List.of(new Needed(exact, ENDLESS)),
          longest(exact));
    }

    @Nullable Set<String> best() {
      Set<String> best = null;
      for (Needed one : needed) {
        best = better(best, one.literals());
      }
      return best;
    }
  }

  private RequiredLiterals(String pattern) {
    this.pattern = pattern;
  }

  static Reading of(String pattern) {
    RequiredLiterals reader = new RequiredLiterals(pattern);
    Part whole = reader.alternatives();
    boolean countable = !reader.anchored && whole.exact() != null && !whole.exact().contains("");
    return new Reading(countable ? whole.exact() : null, whole.needed());
  }

  private Part alternatives() {
    List<Part> parts = new ArrayList<>();
    parts.add(sequence());
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      parts.add(sequence());
    }
    return parts.size() == 1 ? parts.get(0) : union(parts);
  }

  private static Part union(List<Part> parts) {
    Set<String> exact = new TreeSet<>();
    Set<String> needed = new TreeSet<>();
    boolean finite = true;
    boolean known = true;
    int width = 0;
    for (Part part : parts) {
      width = Math.max(width, part.width());
      Set<String> best = part.best();
      finite &= part.exact() != null;
      known &= best != null;
      if (part.exact() != null) {
        exact.addAll(part.exact());
      }
      if (best != null) {
        needed.addAll(best);
      }
    }
    return new Part(
        finite && exact.size() <= LIMIT ? exact : null,
        known ? List.of(new Needed(needed, ENDLESS)) : List.of(),
        width);
  }

  private Part sequence() {
    Set<String> run = Set.of("");
    List<Needed> needed = new ArrayList<>();
    boolean whole = true;
    int gap = ENDLESS;
    int width = 0;
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      Part part = quantified();
      width = Math.min(ENDLESS, width + part.width());
      Set<String> joined = part.exact() == null ? null : product(run, part.exact());
      if (joined != null) {
        run = joined;
        continue;
      }
      whole = false;
      gap = note(run, gap, needed);
      if (part.exact() == null) {
        part.needed().forEach(one -> needed.add(new Needed(one.literals(), ENDLESS)));
        gap = part.needed().isEmpty() ? Math.min(ENDLESS, gap + part.width()) : ENDLESS;
      }
      run = part.exact() == null ? Set.of("") : part.exact();
    }
    note(run, gap, needed);
    return new Part(whole ? run : null, List.copyOf(needed), width);
  }

  /** Adds what every match holds here and answers how wide the gap before the next set is now. */
  private static int note(Set<String> run, int gap, List<Needed> needed) {
    if (run.contains("")) {
      return Math.min(ENDLESS, gap + longest(run));
    }
    needed.add(new Needed(run, gap));
    return 0;
  }

  private static int longest(Set<String> literals) {
    return literals.stream().mapToInt(String::length).max().orElse(0);
  }

  private static @Nullable Set<String> product(Set<String> left, Set<String> right) {
    if (left.size() * right.size() > LIMIT) {
      return null;
    }
    Set<String> joined = new TreeSet<>();
    left.forEach(a -> right.forEach(b -> joined.add(a + b)));
    return joined;
  }

  /** Longer literals are seen more rarely; among equals fewer are better. */
  private static @Nullable Set<String> better(@Nullable Set<String> one, Set<String> other) {
    if (one == null) {
      return other;
    }
    int difference = shortest(other) - shortest(one);
    return difference > 0 || (difference == 0 && other.size() < one.size()) ? other : one;
  }

  private static int shortest(Set<String> literals) {
    return literals.stream().mapToInt(String::length).min().orElse(0);
  }

  private Part quantified() {
    Part part = atom();
    while (at < pattern.length() && "?*+{".indexOf(pattern.charAt(at)) >= 0) {
      char sign = pattern.charAt(at);
      boolean optional = sign == '?' || sign == '*';
      int times = sign == '?' ? 1 : ENDLESS;
      if (sign == '{') {
        int end = pattern.indexOf('}', at);
        optional = pattern.charAt(at + 1) == '0';
        String most = pattern.substring(at + 1, end);
        most = most.substring(most.indexOf(',') + 1);
        times = most.isEmpty() ? ENDLESS : Integer.parseInt(most);
        at = end;
      }
      at++;
      part = repeated(part, sign, optional, times);
    }
    return part;
  }

  private static Part repeated(Part part, char sign, boolean optional, int times) {
    int width = (int) Math.min(ENDLESS, (long) part.width() * times);
    if (!optional) {
      return new Part(null, part.needed(), width);
    }
    if (sign != '?' || part.exact() == null) {
      return Part.unknown(width);
    }
    Set<String> exact = new TreeSet<>(part.exact());
    exact.add("");
    return Part.of(exact);
  }

  private Part atom() {
    char c = pattern.charAt(at++);
    switch (c) {
      case '(' -> {
        if (pattern.startsWith("?:", at)) {
          at += 2;
        }
        Part inner = alternatives();
        at++;
        return inner;
      }
      case '[' -> {
        return characterClass();
      }
      case '\\' -> {
        char escaped = pattern.charAt(at++);
        return switch (escaped) {
          case 'd' -> Part.of(Set.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
          case 'b' -> {
            anchored = true;
            yield Part.of(Set.of(""));
          }
          case 'w', 's', 'D', 'W', 'S' -> Part.unknown(1);
          default -> Part.of(Set.of(String.valueOf(escaped)));
        };
      }
      case '.' -> {
        return Part.unknown(1);
      }
      case '^', '$' -> {
        anchored = true;
        return Part.of(Set.of(""));
      }
      default -> {
        return Part.of(Set.of(String.valueOf(c)));
      }
    }
  }

  private Part characterClass() {
    boolean negated = pattern.charAt(at) == '^';
    int end = pattern.indexOf(']', at + 1);
    String members = pattern.substring(at, end);
    at = end + 1;
    if (negated) {
      return Part.unknown(1);
    }
    Set<String> exact = new HashSet<>();
    for (int i = 0; i < members.length(); i++) {
      if (members.charAt(i) == '\\' && members.charAt(i + 1) == 'd') {
        "0123456789".chars().forEach(digit -> exact.add(String.valueOf((char) digit)));
        i++;
      } else if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
        for (char member = members.charAt(i); member <= members.charAt(i + 2); member++) {
          exact.add(String.valueOf(member));
        }
        i += 2;
      } else {
        exact.add(String.valueOf(members.charAt(i)));
      }
    }
    return exact.size() <= 40 ? Part.of(exact) : Part.unknown(1);
  }
}
