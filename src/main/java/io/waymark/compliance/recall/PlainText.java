package io.waymark.compliance.recall;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A text as a recalled phrase is looked for in it: width, case, spaces and invisible signs gone.
 */
final class PlainText {

  private PlainText() {}

  static String of(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder plain = new StringBuilder(folded.length());
    folded.codePoints().filter(PlainText::counts).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean counts(int codePoint) {
    return !Character.isWhitespace(codePoint)
        && !Character.isSpaceChar(codePoint)
        && Character.getType(codePoint) != Character.FORMAT
        && Character.getType(codePoint) != Character.CONTROL;
  }
}
