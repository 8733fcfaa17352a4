package io.waymark.compliance;

import io.waymark.compliance.RulePack.Normalisation;
import java.text.Normalizer;
import java.util.Map;

/** Brings the many ways to write a word back to one, keeping the way to the raw text. */
final class Normaliser {

  private static final String PAUSES = ",、\n";
  private static final String SENTENCE_MARKS = "。!?;";

  private final Normalisation tables;
  private final boolean[] separator = new boolean[Character.MAX_VALUE + 1];
  private final char[] folded = new char[Character.MAX_VALUE + 1];

  Normaliser(Normalisation tables) {
    this.tables = tables;
    tables.separators().chars().forEach(c -> separator[c] = true);
    for (int c = 0; c < folded.length; c++) {
      folded[c] = Character.toLowerCase((char) c);
    }
    fold(tables.confusables());
    fold(tables.traditional());
  }

  private void fold(Map<Character, Character> table) {
    table.forEach((from, to) -> folded[Character.toLowerCase(from)] = to);
  }

  /**
   * Compatibility forms, case, invisible signs, pictures, look-alikes and traditional characters.
   *
   * @param html whether markup is taken out as a mail client would
   */
  MappedText plain(String raw, boolean html) {
    MappedText.Builder built = new MappedText.Builder(raw.length());
    VisibleText.read(raw, html, (codePoint, start, end) -> add(built, codePoint, start, end));
    return digits(built.build());
  }

  private void add(MappedText.Builder built, int codePoint, int start, int end) {
    String word = tables.symbols().get(codePoint);
    if (word != null) {
      word.chars().forEach(c -> built.add((char) c, start, end));
      return;
    }
    if (codePoint < 0x80) {
      if (codePoint >= ' ' || codePoint == '\n') {
        built.add(folded[codePoint], start, end);
      } else if (codePoint == '\t') {
        built.add(' ', start, end);
      }
      return;
    }
    if (invisible(codePoint)) {
      return;
    }
    if (codePoint >= 0x4e00 && codePoint <= 0x9fff) {
      built.add(folded[codePoint], start, end);
      return;
    }
    String form = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
    form.codePoints()
        .filter(c -> !invisible(c))
        .forEach(
            c -> {
              for (char part : Character.toChars(Character.toLowerCase(c))) {
                built.add(Character.isSurrogate(part) ? part : folded[part], start, end);
              }
            });
  }

  private static boolean invisible(int codePoint) {
    // Fillers that have a letter's category and no shape.
    if (codePoint == 0x115f || codePoint == 0x1160 || codePoint == 0x3164 || codePoint == 0x2800) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT,
          Character.CONTROL,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** Letters that pose as digits inside a number: l00% and 1OO%. */
  private static MappedText digits(MappedText text) {
    MappedText.Builder built = new MappedText.Builder(text.length());
    int at = 0;
    boolean changed = false;
    while (at < text.length()) {
      int end = at;
      boolean digit = false;
      while (end < text.length() && "0123456789oli|".indexOf(text.at(end)) >= 0) {
        digit |= Character.isDigit(text.at(end));
        end++;
      }
      boolean number = digit && !latin(text, at - 1) && !latin(text, end) && end - at > 1;
      for (int i = at; i < Math.max(end, at + 1); i++) {
        char c = text.at(i);
        char read = number ? asDigit(c) : c;
        changed |= read != c;
        built.add(read, text.rawStart(i), text.rawEnd(i + 1));
      }
      at = Math.max(end, at + 1);
    }
    return changed ? built.build() : text;
  }

  private static char asDigit(char c) {
    return switch (c) {
      case 'o' -> '0';
      case 'l', 'i', '|' -> '1';
      default -> c;
    };
  }

  private static boolean latin(MappedText text, int at) {
    return at >= 0 && at < text.length() && text.at(at) >= 'a' && text.at(at) <= 'z';
  }

  /** The text without what may stand between the characters of one word; sentences stay apart. */
  MappedText skeleton(MappedText plain) {
    MappedText.Builder built = new MappedText.Builder(plain.length());
    boolean changed = false;
    for (int i = 0; i < plain.length(); i++) {
      if (dropped(plain, i)) {
        changed = true;
      } else {
        built.add(plain.at(i), plain.rawStart(i), plain.rawEnd(i + 1));
      }
    }
    return changed ? built.build() : plain;
  }

  private boolean dropped(MappedText text, int i) {
    char c = text.at(i);
    if (separator[c]) {
      // Joined numbers would read as telephone or identity numbers.
      return !(digit(text, i - 1) && digit(text, i + 1));
    }
    if (c == '.') {
      return han(text, i - 1) && han(text, i + 1);
    }
    return PAUSES.indexOf(c) >= 0 && (lonely(text, i - 1, -1) || lonely(text, i + 1, 1));
  }

  /** Whether one single character stands between a pause and the next sign in this direction. */
  private boolean lonely(MappedText text, int at, int step) {
    if (!han(text, at)) {
      return false;
    }
    int beyond = at + step;
    return beyond < 0
        || beyond >= text.length()
        || PAUSES.indexOf(text.at(beyond)) >= 0
        || SENTENCE_MARKS.indexOf(text.at(beyond)) >= 0
        || separator[text.at(beyond)];
  }

  private static boolean digit(MappedText text, int at) {
    return at >= 0 && at < text.length() && Character.isDigit(text.at(at));
  }

  private static boolean han(MappedText text, int at) {
    return at >= 0 && at < text.length() && text.at(at) >= 0x4e00 && text.at(at) <= 0x9fff;
  }
}
