package io.waymark.segment.value;

import java.util.Locale;

/** Which of the three figures. */
public enum RfmLetter {
  R("recency_days"),
  F("frequency"),
  M("monetary");

  private final String figure;

  RfmLetter(String figure) {
    this.figure = figure;
  }

  /** Column of the score. */
  String score() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Column of the figure. */
  String figure() {
    return figure;
  }
}
