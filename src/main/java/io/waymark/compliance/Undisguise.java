package io.waymark.compliance;

import io.waymark.compliance.RulePack.Disguise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Homophones, split characters, letters and sounds brought back to the wording they stand for. */
final class Undisguise {

  private record Found(int start, int end, Disguise disguise) {}

  private record Guarded(Disguise disguise, Surroundings surroundings) {}

  private final LiteralIndex index;
  private final List<Guarded> guarded = new ArrayList<>();

  /** Of two disguises that look alike the first is believed. */
  Undisguise(List<Disguise> disguises) {
    Map<String, List<Integer>> words = new TreeMap<>();
    for (Disguise disguise : disguises) {
      if (!words.containsKey(disguise.from())) {
        words.put(disguise.from(), List.of(guarded.size()));
        guarded.add(
            new Guarded(disguise, new Surroundings(disguise.notBefore(), disguise.notAfter())));
      }
    }
    index = new LiteralIndex(words);
  }

  /** Characters of which every disguise without a Latin letter holds at least one. */
  Set<Character> masks() {
    Set<Character> masks = new HashSet<>();
    for (Guarded one : guarded) {
      String from = one.disguise().from();
      from.chars()
          .filter(c -> one.disguise().to().indexOf(c) < 0)
          .findFirst()
          .ifPresentOrElse(c -> masks.add((char) c), () -> masks.add(from.charAt(0)));
    }
    return masks;
  }

  /** The text with every disguise replaced; the same object when there is none. */
  View apply(View text, View into, Normaliser normaliser) {
    if (index.isEmpty() || !text.has(Traits.MASK)) {
      return text;
    }
    List<Found> found = find(text);
    return found.isEmpty() ? text : replace(text, found, into, normaliser);
  }

  private List<Found> find(View text) {
    List<Found> found = List.of();
    int state = 0;
    for (int at = 0; at < text.length(); at++) {
      state = index.step(state, text.chars[at]);
      for (int number : index.endingAt(state)) {
        Guarded one = guarded.get(index.entries(number)[0]);
        int begin = at + 1 - index.length(number);
        if (one.surroundings().allow(text, begin, at + 1)) {
          found = found.isEmpty() ? new ArrayList<>() : found;
          found.add(new Found(begin, at + 1, one.disguise()));
        }
      }
    }
    return found;
  }

  private static View replace(View text, List<Found> found, View into, Normaliser normaliser) {
    found.sort(
        Comparator.comparingInt(Found::start)
            .thenComparing(Comparator.comparingInt(Found::end).reversed()));
    into.clear(text.length());
    int at = 0;
    for (Found next : found) {
      if (next.start() < at) {
        continue;
      }
      copy(text, at, next.start(), into, normaliser);
      into.changedHere();
      int rawStart = text.rawStart(next.start());
      int rawEnd = text.rawEnd(next.end());
      String to = next.disguise().to();
      for (int i = 0; i < to.length(); i++) {
        into.add(to.charAt(i), rawStart, rawEnd, normaliser.traits(to.charAt(i)));
      }
      at = next.end();
    }
    copy(text, at, text.length(), into, normaliser);
    return into;
  }

  private static void copy(View text, int from, int to, View into, Normaliser normaliser) {
    for (int i = from; i < to; i++) {
      char c = text.chars[i];
      into.add(c, text.rawStart(i), text.rawEnd(i + 1), normaliser.traits(c));
    }
  }
}
