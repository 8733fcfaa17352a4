package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every sentence of {@code corpus.txt}: no miss, no false alarm. */
class CorpusTest {

  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  private record Line(int number, char sign, List<String> rules, String sentence) {}

  private final PackShelf packs = PackShelf.shipped();

  @Test
  void every_sentence_of_the_corpus_is_read_as_it_says() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Line> lines = lines();
    for (Line line : lines) {
      List<Finding> findings = packs.scan(line.sentence(), NOW).findings();
      if (!asExpected(line, findings)) {
        wrong.add("%d %s -> %s".formatted(line.number(), line.sentence(), findings));
      }
    }
    assertThat(lines).hasSizeGreaterThan(200);
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_rule_of_the_pack_has_a_sentence_that_hits_it() throws IOException {
    List<String> hit = lines().stream().flatMap(line -> line.rules().stream()).distinct().toList();
    List<String> rules = packs.active(NOW).rules().stream().map(ContentRule::id).toList();
    assertThat(rules).hasSize(91);
    assertThat(hit).containsAll(rules);
  }

  private static boolean asExpected(Line line, List<Finding> findings) {
    if (line.sign() == '=') {
      return findings.isEmpty();
    }
    return line.rules().stream()
        .allMatch(
            rule ->
                findings.stream()
                    .filter(finding -> finding.ruleId().equals(rule))
                    .anyMatch(finding -> matches(line.sign(), finding)));
  }

  private static boolean matches(char sign, Finding finding) {
    return switch (sign) {
      case '!' -> finding.level() != FindingLevel.REVIEW && !finding.evasion();
      case '~' -> finding.evasion();
      case '?' -> finding.level() == FindingLevel.REVIEW;
      default -> throw new IllegalArgumentException("unknown sign " + sign);
    };
  }

  private static List<Line> lines() throws IOException {
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

  private static String text() throws IOException {
    try (var in = CorpusTest.class.getResourceAsStream("/compliance/corpus.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
