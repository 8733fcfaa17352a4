package io.waymark.compliance;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A dated, versioned set of rules with the tables that undo disguises. Only data: replacing a pack
 * changes what is found, never code.
 *
 * @param version stable name, e.g. {@code rule-pack-2026-11}
 * @param hash SHA-256 (hex) of the file
 * @param effectiveFrom first day (Asia/Shanghai) the pack applies
 * @param sources title and degree of verification of every basis key
 */
public record RulePack(
    String version,
    String title,
    String hash,
    LocalDate effectiveFrom,
    Map<String, RuleSource> sources,
    List<ContentRule> rules,
    Normalisation normalisation,
    NegationWords negation) {

  public RulePack {
    sources = Map.copyOf(sources);
    rules = List.copyOf(rules);
  }

  /** The rule with this id. */
  public Optional<ContentRule> rule(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /**
   * The latest day up to a day on which its set of rules changed: its own first day, or the first
   * or last of a rule. Content read since then has been read with the same rules.
   */
  public LocalDate rulesDay(LocalDate day) {
    return rules.stream()
        .filter(rule -> !rule.disabled())
        .flatMap(
            rule -> Stream.of(rule.effectiveFrom(), rule.effectiveUntil()).filter(Objects::nonNull))
        .filter(changed -> changed.isAfter(effectiveFrom) && !changed.isAfter(day))
        .max(Comparator.naturalOrder())
        .orElse(effectiveFrom);
  }

  /**
   * Where a rule comes from.
   *
   * @param title law and article in Chinese
   * @param mark {@code read}, {@code secondary}, {@code unverified}, {@code habit} or {@code house}
   */
  public record RuleSource(String title, String mark) {}

  /**
   * Tables that undo disguises.
   *
   * @param symbols pictures to words
   * @param confusables look-alike letters and signs
   * @param traditional traditional to simplified characters
   * @param separators signs that may be put between the characters of a word
   * @param disguises homophones, split characters and letters that stand for a character
   * @param pinyin runs of pinyin to the rule they stand for
   * @param sameSound characters that are written for another; they are undone inside a wording of
   *     at least three characters only
   */
  public record Normalisation(
      Map<Integer, String> symbols,
      Map<Character, Character> confusables,
      Map<Character, Character> traditional,
      String separators,
      List<Disguise> disguises,
      Map<String, String> pinyin,
      Map<Character, String> sameSound) {}

  /** One disguise and the wording it stands for, unless its surroundings say otherwise. */
  public record Disguise(String from, String to, List<String> notBefore, List<String> notAfter) {}

  /**
   * How a negation is read.
   *
   * @param reach how far before a hit a negation still speaks of it, in characters
   * @param warningReach how far after a hit an unmasking word still speaks of it
   */
  public record NegationWords(
      int reach,
      List<String> words,
      List<String> notNegations,
      List<String> doubles,
      List<String> contrasts,
      List<String> warningsAfter,
      int warningReach) {}
}
