package io.waymark.compliance;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The characters a reader of HTML sees, so that markup cannot split a word for the scanner. */
final class VisibleText {

  /** Receives one visible code point and the raw range it came from. */
  interface Sink {
    void accept(int codePoint, int rawStart, int rawEnd);
  }

  /** Everything else, unknown names included, is shown without a break. */
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "br",
          "hr",
          "li",
          "ul",
          "ol",
          "dl",
          "dt",
          "dd",
          "table",
          "thead",
          "tbody",
          "tfoot",
          "tr",
          "td",
          "th",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "section",
          "article",
          "header",
          "footer",
          "main",
          "html",
          "head",
          "body",
          "title",
          "blockquote",
          "pre",
          "form");

  private static final Map<String, Integer> ENTITIES =
      Map.of("amp", (int) '&', "lt", (int) '<', "gt", (int) '>', "quot", (int) '"', "nbsp", 160);

  private VisibleText() {}

  /** The text as a reader sees it, with full-width signs folded and blanks out. */
  static String folded(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    read(raw, looksLikeHtml(raw), (c, start, end) -> text.appendCodePoint(c));
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replaceAll("[\\p{Zs}\\t\\r]+", "")
        .replaceAll("\\n{2,}", "\n")
        .strip();
  }

  static boolean looksLikeHtml(String raw) {
    if (raw.indexOf('&') >= 0) {
      return true;
    }
    for (int at = raw.indexOf('<');
        at >= 0 && at + 1 < raw.length();
        at = raw.indexOf('<', at + 1)) {
      char next = raw.charAt(at + 1);
      if (next == '/' || next == '!' || Character.isLetter(next)) {
        return true;
      }
    }
    return false;
  }

  static void read(String raw, boolean html, Sink sink) {
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at);
      if (html && c == '<') {
        int end = tagEnd(raw, at);
        if (end > 0) {
          if (BLOCKS.contains(tagName(raw, at, end))) {
            sink.accept('\n', at, end);
          }
          at = end;
          continue;
        }
      }
      if (html && c == '&') {
        int end = raw.indexOf(';', at);
        int decoded = end > 0 && end - at <= 10 ? entity(raw.substring(at + 1, end)) : -1;
        if (decoded >= 0) {
          sink.accept(decoded, at, end + 1);
          at = end + 1;
          continue;
        }
      }
      int codePoint = raw.codePointAt(at);
      int next = at + Character.charCount(codePoint);
      sink.accept(codePoint, at, next);
      at = next;
    }
  }

  /** Where markup that starts at {@code at} ends; 0 when it is no markup. */
  private static int tagEnd(String raw, int at) {
    if (raw.startsWith("<!--", at)) {
      int end = raw.indexOf("-->", at + 4);
      return end < 0 ? 0 : end + 3;
    }
    if (at + 1 >= raw.length()
        || !(Character.isLetter(raw.charAt(at + 1))
            || raw.charAt(at + 1) == '/'
            || raw.charAt(at + 1) == '!')) {
      return 0;
    }
    int close = raw.indexOf('>', at);
    if (close < 0) {
      return 0;
    }
    String name = tagName(raw, at, close + 1);
    if (name.equals("style") || name.equals("script")) {
      int end = raw.indexOf("</" + name, close);
      int endClose = end < 0 ? -1 : raw.indexOf('>', end);
      return endClose < 0 ? close + 1 : endClose + 1;
    }
    return close + 1;
  }

  private static String tagName(String raw, int at, int end) {
    int from = raw.charAt(at + 1) == '/' ? at + 2 : at + 1;
    int to = from;
    while (to < end && Character.isLetterOrDigit(raw.charAt(to))) {
      to++;
    }
    return raw.substring(from, to).toLowerCase(Locale.ROOT);
  }

  private static int entity(String name) {
    if (name.startsWith("#")) {
      try {
        int codePoint =
            name.length() > 1 && Character.toLowerCase(name.charAt(1)) == 'x'
                ? Integer.parseInt(name.substring(2), 16)
                : Integer.parseInt(name.substring(1));
        return Character.isValidCodePoint(codePoint) ? codePoint : -1;
      } catch (NumberFormatException e) {
        return -1;
      }
    }
    return ENTITIES.getOrDefault(name, -1);
  }
}
