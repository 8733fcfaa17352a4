package io.waymark.compliance;

import java.util.Arrays;

/**
 * What has been seen in the sentence that is being read: literals that are hits themselves, and for
 * every pattern which of its sets of literals. Reused from sentence to sentence.
 */
final class Sentence {

  /** A hit of literals alone: trigger, begin, end. */
  private int[] hits = new int[3 * 32];

  private int hitCount;

  /** Of each set: where its latest literal ends that may follow one of the set before; 0: none. */
  private final int[] ends;

  private final boolean[] whole;
  private int[] touched = new int[32];
  private int touchedCount;

  Sentence(int triggers) {
    ends = new int[triggers << Trigger.SET_BITS];
    whole = new boolean[triggers];
  }

  boolean isEmpty() {
    return hitCount == 0 && touchedCount == 0;
  }

  void clear() {
    for (int i = 0; i < touchedCount; i++) {
      int first = touched[i] << Trigger.SET_BITS;
      Arrays.fill(ends, first, first + (1 << Trigger.SET_BITS), 0);
      whole[touched[i]] = false;
    }
    touchedCount = 0;
    hitCount = 0;
  }

  void hit(int trigger, int begin, int end) {
    int at = 3 * hitCount++;
    if (at == hits.length) {
      hits = Arrays.copyOf(hits, at * 2);
    }
    hits[at] = trigger;
    hits[at + 1] = begin;
    hits[at + 2] = end;
  }

  /** Notes a literal of a set unless no match could have come so far. */
  void see(int entry, int[] gaps, int begin, int end) {
    int set = entry & (1 << Trigger.SET_BITS) - 1;
    int trigger = entry >> Trigger.SET_BITS;
    if (set > 0 && (ends[entry - 1] == 0 || begin - ends[entry - 1] > gaps[set])) {
      return;
    }
    if (set == 0 && ends[entry] == 0) {
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, touchedCount * 2);
      }
      touched[touchedCount++] = trigger;
    }
    ends[entry] = end;
    whole[trigger] |= set == gaps.length - 1;
  }

  int hitCount() {
    return hitCount;
  }

  int hitTrigger(int hit) {
    return hits[3 * hit];
  }

  int hitBegin(int hit) {
    return hits[3 * hit + 1];
  }

  int hitEnd(int hit) {
    return hits[3 * hit + 2];
  }

  int touchedCount() {
    return touchedCount;
  }

  int touched(int number) {
    return touched[number];
  }

  /** Whether literals of all sets were seen as near to each other as a match needs them. */
  boolean possible(int trigger) {
    return whole[trigger];
  }
}
