package io.waymark.compliance;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import io.waymark.compliance.RulePack.Disguise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Homophones, split characters and letters brought back to the wording they stand for. */
final class Undisguise {

  private record Found(int start, int end, Disguise disguise) {}

  private record Guarded(Disguise disguise, Surroundings surroundings) {}

  private final AhoCorasickDoubleArrayTrie<Guarded> trie = new AhoCorasickDoubleArrayTrie<>();
  private final boolean empty;

  Undisguise(List<Disguise> disguises) {
    TreeMap<String, Guarded> words = new TreeMap<>();
    for (Disguise disguise : disguises) {
      words.put(
          disguise.from(),
          new Guarded(disguise, new Surroundings(disguise.notBefore(), disguise.notAfter())));
    }
    empty = words.isEmpty();
    if (!empty) {
      trie.build(words);
    }
  }

  /** The text with every disguise replaced; the same object when there is none. */
  MappedText apply(MappedText text) {
    if (empty) {
      return text;
    }
    List<Found> found = new ArrayList<>();
    trie.parseText(
        text.text(),
        (begin, end, word) -> {
          if (word.surroundings().allow(text.text(), begin, end)) {
            found.add(new Found(begin, end, word.disguise()));
          }
        });
    return found.isEmpty() ? text : replace(text, found);
  }

  private static MappedText replace(MappedText text, List<Found> found) {
    found.sort(
        Comparator.comparingInt(Found::start)
            .thenComparing(Comparator.comparingInt(Found::end).reversed()));
    MappedText.Builder built = new MappedText.Builder(text.length());
    int at = 0;
    for (Found next : found) {
      if (next.start() < at) {
        continue;
      }
      copy(text, at, next.start(), built);
      int rawStart = text.rawStart(next.start());
      int rawEnd = text.rawEnd(next.end());
      next.disguise().to().chars().forEach(c -> built.add((char) c, rawStart, rawEnd));
      at = next.end();
    }
    copy(text, at, text.length(), built);
    return built.build();
  }

  private static void copy(MappedText text, int from, int to, MappedText.Builder built) {
    for (int i = from; i < to; i++) {
      built.add(text.at(i), text.rawStart(i), text.rawEnd(i + 1));
    }
  }
}
