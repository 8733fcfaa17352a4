package io.waymark.compliance;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All literals of a pack in one automaton. The library builds it; the walk is ours, because a part
 * of a reused buffer is read, character by character, without an object per hit.
 */
final class LiteralIndex extends AhoCorasickDoubleArrayTrie<int[]> {

  private static final long serialVersionUID = 1L;
  private static final int[] NONE = {};

  /** What each literal stands for, in the order in which the library numbers them. */
  private final transient int[][] entries;

  LiteralIndex(Map<String, List<Integer>> words) {
    TreeMap<String, int[]> values = new TreeMap<>();
    words.forEach(
        (literal, of) -> values.put(literal, of.stream().mapToInt(Integer::intValue).toArray()));
    entries = values.values().toArray(int[][]::new);
    if (!values.isEmpty()) {
      build(values);
    }
  }

  boolean isEmpty() {
    return entries.length == 0;
  }

  /** The state after one more character; 0 is the state before the first. */
  int step(int state, char c) {
    int at = state;
    while (true) {
      int b = base[at];
      int next = b + c + 1;
      if (check[next] == b) {
        return next;
      }
      if (at == 0) {
        return 0;
      }
      at = fail[at];
    }
  }

  /** Numbers of the literals that end in this state; empty when none does. */
  int[] endingAt(int state) {
    int[] found = output[state];
    return found == null ? NONE : found;
  }

  /** What a literal stands for. */
  int[] entries(int number) {
    return entries[number];
  }

  int length(int number) {
    return l[number];
  }
}
