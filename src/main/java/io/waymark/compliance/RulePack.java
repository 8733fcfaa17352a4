package io.waymark.compliance;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

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

  /**
   * Where a rule comes from.
   *
   * @param title law and article in Chinese
   * @param mark {@code read}, {@code secondary}, {@code unverified} or {@code habit}
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
