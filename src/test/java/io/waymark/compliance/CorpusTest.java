package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every sentence of {@code corpus.txt}: no miss, no false alarm. */
class CorpusTest {

  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private final PackShelf packs = PackShelf.shipped();

  @Test
  void every_sentence_of_the_corpus_is_read_as_it_says() {
    List<String> wrong = new ArrayList<>();
    List<Corpus.Line> lines = Corpus.lines();
    for (Corpus.Line line : lines) {
      List<Finding> findings = packs.scan(line.sentence(), NOW).findings();
      if (!asExpected(line, findings)) {
        wrong.add("%d %s -> %s".formatted(line.number(), line.sentence(), findings));
      }
    }
    assertThat(lines).hasSizeGreaterThan(200);
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_rule_of_the_pack_has_a_sentence_that_hits_it() {
    List<String> hit =
        Corpus.lines().stream().flatMap(line -> line.rules().stream()).distinct().toList();
    List<String> rules = packs.active(NOW).rules().stream().map(ContentRule::id).toList();
    assertThat(rules).hasSize(91);
    assertThat(hit).containsAll(rules);
  }

  private static boolean asExpected(Corpus.Line line, List<Finding> findings) {
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
}
