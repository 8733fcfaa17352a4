package io.waymark.compliance;

import io.waymark.compliance.RulePack.Normalisation;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/** Brings the many ways to write a word back to one, keeping the way to the raw text. */
final class Normaliser {

  /** How one unit of raw text is treated. */
  private static final byte KEEP = 0;

  private static final byte DROP = 1;
  private static final byte SPELL_OUT = 2;
  private static final byte PAIR = 3;

  private static final String PAUSES = ",、\n";
  private static final String SENTENCE_MARKS = "。!?;";

  private final char[] folded = HanTables.folded();
  private final byte[] treatment = new byte[Character.MAX_VALUE + 1];
  private final byte[] traits = new byte[Character.MAX_VALUE + 1];
  private final Map<Integer, String> spelled = new HashMap<>();

  Normaliser(Normalisation tables) {
    tables.confusables().forEach((from, to) -> folded[Character.toLowerCase(from)] = to);
    for (int c = 0x80; c <= Character.MAX_VALUE; c++) {
      char small = Character.toLowerCase((char) c);
      folded[c] = small == c ? folded[c] : folded[small];
    }
    tables.traditional().forEach((from, to) -> folded[from] = to);
    compatibilityForms();
    tables.symbols().forEach(this::symbol);
    tables.separators().chars().forEach(c -> traits[c] |= Traits.SEPARATOR);
    mark("。;!?\n", Traits.SENTENCE_END);
    mark(PAUSES, Traits.PAUSE);
    mark(".", Traits.DOT);
    mark("0123456789oli|", Traits.DIGIT_LIKE);
    mark("abcdefghijklmnopqrstuvwxyz", Traits.LATIN);
  }

  private void mark(String characters, int trait) {
    characters.chars().forEach(c -> traits[c] |= (byte) trait);
  }

  /** Names the characters that betray a disguise. */
  void masks(Iterable<Character> characters) {
    characters.forEach(c -> traits[c] |= (byte) Traits.MASK);
  }

  private void symbol(int codePoint, String word) {
    spelled.put(codePoint, word);
    if (codePoint <= Character.MAX_VALUE) {
      treatment[codePoint] = SPELL_OUT;
    }
  }

  private void compatibilityForms() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      if (Character.isSurrogate((char) c)) {
        treatment[c] = PAIR;
      } else if (c < 0x80) {
        treatment[c] = c >= ' ' || c == '\n' || c == '\t' ? KEEP : DROP;
      } else if (invisible(c)) {
        treatment[c] = DROP;
      } else if (c < 0x3400 || c > 0x9fff) {
        compatibilityForm(c);
      }
    }
    folded['\t'] = ' ';
  }

  private void compatibilityForm(int c) {
    String form = form(c);
    if (form.length() == 1) {
      folded[c] = form.charAt(0) == c ? folded[c] : form.charAt(0);
    } else if (form.isEmpty()) {
      treatment[c] = DROP;
    } else {
      symbol(c, form);
    }
  }

  /** What is left of a code point by NFKC, small, simple, without what nobody sees. */
  private String form(int codePoint) {
    StringBuilder form = new StringBuilder();
    Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> !invisible(c))
        .forEach(
            c -> {
              for (char part : Character.toChars(Character.toLowerCase(c))) {
                form.append(Character.isSurrogate(part) ? part : folded[part]);
              }
            });
    return form.toString();
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

  /** A word as this normaliser leaves it; rules are written in such words. */
  String plain(String word) {
    View view = new View();
    plain(word, view);
    return view.toString();
  }

  /**
   * Compatibility forms, case, invisible signs, pictures, look-alikes and traditional characters.
   */
  void plain(String raw, View into) {
    into.clear(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (treatment[c] == KEEP) {
        char to = folded[c];
        into.add(to, at, at + 1, traits[to]);
      } else if (treatment[c] != DROP) {
        int codePoint = raw.codePointAt(at);
        int next = at + Character.charCount(codePoint);
        rare(codePoint, at, next, into);
        at = next - 1;
      }
    }
    digits(into);
  }

  /** The same of what a mail client would show. */
  void visible(String raw, View into) {
    into.clear(raw.length());
    VisibleText.read(
        raw,
        true,
        (codePoint, start, end) -> {
          if (codePoint <= Character.MAX_VALUE && treatment[codePoint] == KEEP) {
            char to = folded[codePoint];
            into.add(to, start, end, traits[to]);
          } else if (codePoint > Character.MAX_VALUE || treatment[codePoint] != DROP) {
            rare(codePoint, start, end, into);
          }
        });
    digits(into);
  }

  private void rare(int codePoint, int start, int end, View into) {
    String word = spelled.get(codePoint);
    if (word == null) {
      word = codePoint > Character.MAX_VALUE ? form(codePoint) : Character.toString(codePoint);
    }
    for (int i = 0; i < word.length(); i++) {
      char to = word.charAt(i);
      into.add(to, start, end, traits[to]);
    }
  }

  /** Letters that pose as digits inside a number: l00% and 1OO%. */
  private void digits(View text) {
    if (!text.has(Traits.DIGIT_LIKE)) {
      return;
    }
    char[] chars = text.chars;
    int length = text.length();
    int at = 0;
    while (at < length) {
      if ((traits[chars[at]] & Traits.DIGIT_LIKE) == 0) {
        at++;
        continue;
      }
      int end = at;
      boolean digit = false;
      while (end < length && (traits[chars[end]] & Traits.DIGIT_LIKE) != 0) {
        digit |= chars[end] <= '9';
        end++;
      }
      if (digit && !latin(text, at - 1) && !latin(text, end)) {
        pose(chars, at, end);
      }
      at = end;
    }
  }

  /** A bar at the edge of a number parts it from what is beside it; no number begins with an o. */
  private static void pose(char[] chars, int from, int to) {
    int first = from;
    int end = to;
    while (end > first && chars[end - 1] == '|') {
      end--;
    }
    while (end > first && (chars[first] == '|' || chars[first] == 'o')) {
      first++;
    }
    for (int i = first; i < end && end - first > 1; i++) {
      chars[i] = asDigit(chars[i]);
    }
  }

  private static char asDigit(char c) {
    return switch (c) {
      case 'o' -> '0';
      case 'l', 'i', '|' -> '1';
      default -> c;
    };
  }

  private static boolean latin(View text, int at) {
    return at >= 0 && at < text.length() && text.chars[at] >= 'a' && text.chars[at] <= 'z';
  }

  /** The text without what may stand between the characters of one word; sentences stay apart. */
  View skeleton(View plain, View into) {
    if (!plain.has(Traits.SEPARATOR | Traits.DOT | Traits.PAUSE)) {
      return plain;
    }
    into.clear(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.chars[i];
      int itsTraits = traits[c];
      if ((itsTraits & (Traits.SEPARATOR | Traits.DOT | Traits.PAUSE)) != 0
          && dropped(plain, i, c, itsTraits)) {
        into.changedHere();
      } else {
        into.add(c, plain.rawStart(i), plain.rawEnd(i + 1), itsTraits);
      }
    }
    return into.changed() ? into : plain;
  }

  private boolean dropped(View text, int i, char c, int itsTraits) {
    if ((itsTraits & Traits.SEPARATOR) != 0) {
      // Joined numbers would read as telephone or identity numbers.
      return !(digit(text, i - 1) && digit(text, i + 1));
    }
    if (c == '.') {
      return han(text, i - 1) && han(text, i + 1);
    }
    return lonely(text, i - 1, -1) || lonely(text, i + 1, 1);
  }

  /** Whether one single character stands between a pause and the next sign in this direction. */
  private boolean lonely(View text, int at, int step) {
    if (!han(text, at)) {
      return false;
    }
    int beyond = at + step;
    return beyond < 0
        || beyond >= text.length()
        || (traits[text.chars[beyond]] & (Traits.PAUSE | Traits.SEPARATOR)) != 0
        || SENTENCE_MARKS.indexOf(text.chars[beyond]) >= 0;
  }

  private static boolean digit(View text, int at) {
    return at >= 0 && at < text.length() && text.chars[at] >= '0' && text.chars[at] <= '9';
  }

  private static boolean han(View text, int at) {
    return at >= 0 && at < text.length() && text.chars[at] >= 0x4e00 && text.chars[at] <= 0x9fff;
  }

  int traits(char c) {
    return traits[c];
  }
}
