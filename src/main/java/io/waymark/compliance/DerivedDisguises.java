package io.waymark.compliance;

import io.waymark.compliance.RulePack.Disguise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Disguises that follow from the rules' own wording: a character written by its sound or the first
 * letter of it, or by another of the same sound; and the whole wording as a run of sounds.
 */
final class DerivedDisguises {

  /** A shorter run of letters may be a word of another language. */
  private static final int SHORTEST_RUN = 8;

  /** Of shorter wordings too little is left for one letter to be told from a name. */
  private static final int SHORTEST_FOR_LETTER = 3;

  private static final List<String> NO_LETTER = List.of("[a-z]");

  private DerivedDisguises() {}

  /**
   * Every wording with one character in disguise.
   *
   * @param sameSound per character those that are written for it and make no word with its
   *     neighbours
   */
  static List<Disguise> of(Set<String> wordings, Map<Character, String> sameSound) {
    Map<Character, String> sounds = new HashMap<>();
    List<Disguise> derived = new ArrayList<>();
    for (String wording : wordings) {
      if (!wording.chars().allMatch(c -> han((char) c))) {
        continue;
      }
      for (int at = 0; at < wording.length(); at++) {
        String sound = sounds.computeIfAbsent(wording.charAt(at), HanTables::sound);
        if (sound.length() > 1) {
          derived.add(spelled(wording, at, sound));
          if (letterTells(wording, at)) {
            derived.add(spelled(wording, at, sound.substring(0, 1)));
          }
        }
        if (wording.length() >= SHORTEST_FOR_LETTER) {
          for (char other : sameSound.getOrDefault(wording.charAt(at), "").toCharArray()) {
            derived.add(
                new Disguise(
                    replaced(wording, at, String.valueOf(other)), wording, List.of(), List.of()));
          }
        }
      }
    }
    return derived;
  }

  private static boolean letterTells(String wording, int at) {
    return wording.length() > SHORTEST_FOR_LETTER
        || (wording.length() == SHORTEST_FOR_LETTER && at > 0);
  }

  private static Disguise spelled(String wording, int at, String letters) {
    return new Disguise(
        replaced(wording, at, letters),
        wording,
        at == 0 ? NO_LETTER : List.of(),
        at == wording.length() - 1 ? NO_LETTER : List.of());
  }

  private static String replaced(String wording, int at, String by) {
    return wording.substring(0, at) + by + wording.substring(at + 1);
  }

  /** Wordings written out by their sound, each with a rule that has the wording. */
  static Map<String, ContentRule> sounds(Map<String, ContentRule> wordings) {
    Map<Character, String> known = new HashMap<>();
    Map<String, ContentRule> runs = new TreeMap<>();
    wordings.forEach(
        (wording, rule) -> {
          StringBuilder run = new StringBuilder();
          for (char c : wording.toCharArray()) {
            run.append(han(c) ? known.computeIfAbsent(c, HanTables::sound) : c);
          }
          boolean letters = run.chars().allMatch(c -> c >= 'a' && c <= 'z');
          if (letters && wording.length() > 2 && run.length() >= SHORTEST_RUN) {
            runs.putIfAbsent(run.toString(), rule);
          }
        });
    return runs;
  }

  private static boolean han(char c) {
    return c >= 0x4e00 && c <= 0x9fff;
  }
}
