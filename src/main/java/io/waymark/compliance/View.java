package io.waymark.compliance;

import java.util.Arrays;

/**
 * A text as one eye of the scanner sees it. Every character knows the place of the raw text it came
 * from. Written anew for each text: one of them serves a thread for as long as it scans.
 */
final class View implements CharSequence {

  private static final int FIRST = 1 << 10;

  /** Beyond this the memory of one long text is given back. */
  private static final int KEPT = 1 << 20;

  char[] chars = new char[FIRST];
  private int[] starts = new int[FIRST];
  private int[] ends = new int[FIRST];
  private int length;

  /** Places where something was taken out or replaced since the view this one was made from. */
  private int[] changes = new int[16];

  private int changeCount;

  /** All traits of all characters. */
  private int traits;

  void clear(int expected) {
    length = 0;
    changeCount = 0;
    traits = 0;
    if (chars.length > KEPT && expected <= KEPT) {
      grow(FIRST);
    }
    if (chars.length < expected) {
      grow(expected + (expected >> 1));
    }
  }

  private void grow(int size) {
    chars = Arrays.copyOf(chars, size);
    starts = Arrays.copyOf(starts, size);
    ends = Arrays.copyOf(ends, size);
  }

  void add(char character, int rawStart, int rawEnd, int itsTraits) {
    int at = length++;
    if (at == chars.length) {
      grow(at * 2);
    }
    chars[at] = character;
    starts[at] = rawStart;
    ends[at] = rawEnd;
    traits |= itsTraits;
  }

  /** Notes that the text differs here from what it was made from. */
  void changedHere() {
    if (changeCount == changes.length) {
      changes = Arrays.copyOf(changes, changeCount * 2);
    }
    changes[changeCount++] = length;
  }

  boolean changed() {
    return changeCount > 0;
  }

  int changeCount() {
    return changeCount;
  }

  /** Index of the n-th change: the character after it, or the length at the end. */
  int change(int number) {
    return changes[number];
  }

  boolean has(int wanted) {
    return (traits & wanted) != 0;
  }

  /** Raw offset of the first character of a range that starts at {@code index}. */
  int rawStart(int index) {
    return starts[index];
  }

  /** Raw offset after the last character of a range that ends before {@code end}. */
  int rawEnd(int end) {
    return ends[end - 1];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return chars[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text(start, end);
  }

  String text(int start, int end) {
    return new String(chars, start, end - start);
  }

  @Override
  public String toString() {
    return text(0, length);
  }
}
