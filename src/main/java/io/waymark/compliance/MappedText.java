package io.waymark.compliance;

import java.util.Arrays;

/** A normalised text in which every character knows the place of the raw text it came from. */
final class MappedText {

  private final String text;
  private final int[] starts;
  private final int[] ends;

  private MappedText(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  char at(int index) {
    return text.charAt(index);
  }

  /** Raw offset of the first character of a range that starts at {@code index}. */
  int rawStart(int index) {
    return starts[index];
  }

  /** Raw offset after the last character of a range that ends before {@code end}. */
  int rawEnd(int end) {
    return ends[end - 1];
  }

  static final class Builder {

    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Builder(int expected) {
      text = new StringBuilder(expected);
      starts = new int[Math.max(16, expected)];
      ends = new int[Math.max(16, expected)];
    }

    void add(char character, int rawStart, int rawEnd) {
      int at = text.length();
      if (at == starts.length) {
        starts = Arrays.copyOf(starts, at * 2);
        ends = Arrays.copyOf(ends, at * 2);
      }
      starts[at] = rawStart;
      ends[at] = rawEnd;
      text.append(character);
    }

    MappedText build() {
      return new MappedText(text.toString(), starts, ends);
    }
  }
}
