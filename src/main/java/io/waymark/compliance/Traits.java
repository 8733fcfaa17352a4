package io.waymark.compliance;

/** What a character can mean for the scanner; bits of one byte. */
final class Traits {

  /** No rule speaks across it. */
  static final int SENTENCE_END = 1;

  /** May be put between the characters of one word. */
  static final int SEPARATOR = 2;

  /** A comma or line break: parts words only beside a lonely character. */
  static final int PAUSE = 4;

  static final int DOT = 8;

  /** A digit, or a letter that can pose as one. */
  static final int DIGIT_LIKE = 16;

  static final int LATIN = 32;

  /** Begins a disguise. */
  static final int MASK = 64;

  private Traits() {}
}
