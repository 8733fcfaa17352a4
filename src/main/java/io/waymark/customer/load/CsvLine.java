package io.waymark.customer.load;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of comma-separated text (RFC 4180), read strictly, so that a quote that was never closed
 * is noticed where it stands.
 *
 * @param state whether it reads as a row
 * @param fields the values, stripped; empty unless complete
 */
record CsvLine(State state, List<String> fields) {

  enum State {
    COMPLETE,
    /** Ends inside quotes: the row may go on in the next line. */
    OPEN,
    /** No row, whatever follows. */
    BROKEN
  }

  static CsvLine of(String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    int at = 0;
    while (true) {
      field.setLength(0);
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '"') {
        at = quoted(text, at + 1, field);
        if (at < 0) {
          return new CsvLine(State.OPEN, List.of());
        }
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
          at++;
        }
        if (at < text.length() && text.charAt(at) != ',') {
          return new CsvLine(State.BROKEN, List.of());
        }
        fields.add(field.toString());
      } else {
        int end = text.indexOf(',', at);
        String plain = text.substring(at, end < 0 ? text.length() : end);
        if (plain.indexOf('"') >= 0) {
          return new CsvLine(State.BROKEN, List.of());
        }
        fields.add(plain.strip());
        at = end < 0 ? text.length() : end;
      }
      if (at >= text.length()) {
        return new CsvLine(State.COMPLETE, fields);
      }
      at++;
    }
  }

  /** Reads to the closing quote; answers the position behind it, or -1 when there is none. */
  private static int quoted(String text, int from, StringBuilder field) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '"') {
        field.append(c);
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        field.append('"');
        at += 2;
      } else {
        return at + 1;
      }
    }
    return -1;
  }
}
