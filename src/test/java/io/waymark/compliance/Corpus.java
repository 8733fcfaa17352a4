package io.waymark.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The sentences of {@code corpus.txt}. */
final class Corpus {

  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  /** One sentence and what is expected of it; {@code sign} is explained in the file. */
  record Line(int number, char sign, List<String> rules, String sentence) {}

  private Corpus() {}

  static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String raw : text().split("\n")) {
      number++;
      if (raw.isBlank() || raw.startsWith("#")) {
        continue;
      }
      int bar = raw.indexOf(" | ");
      String rules = raw.substring(1, bar).strip();
      lines.add(
          new Line(
              number,
              raw.charAt(0),
              rules.isEmpty() ? List.of() : List.of(rules.split(",")),
              unescape(raw.substring(bar + 3))));
    }
    return lines;
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)))
        .replace("\\n", "\n");
  }

  private static String text() {
    try (var in = Corpus.class.getResourceAsStream("/compliance/corpus.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
