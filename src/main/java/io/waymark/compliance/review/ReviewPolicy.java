package io.waymark.compliance.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * House policy of the double review: who must read what beyond the rule pack.
 *
 * @param samplingRate share of the remaining texts that an officer reads, 0 to 1
 * @param validity how long an approval holds when nobody chose a day
 * @param longestValidity how long it may hold at most
 */
record ReviewPolicy(
    double samplingRate,
    Duration validity,
    Duration longestValidity,
    List<String> marketWords,
    List<String> highRiskWords,
    List<String> aiWords,
    List<String> imageMarks) {

  /**
   * Reads a document that has no {@link #problems}.
   *
   * @throws IllegalArgumentException when it is no YAML; the message is a Chinese sentence
   */
  static ReviewPolicy read(String source) {
    JsonNode root = tree(source);
    return new ReviewPolicy(
        root.path("samplingRate").asDouble(-1),
        Duration.ofDays(root.path("validityDays").asInt()),
        Duration.ofDays(root.path("longestValidityDays").asInt()),
        words(root.path("marketWords")),
        words(root.path("highRiskWords")),
        words(root.path("aiWords")),
        words(root.path("imageMarks")));
  }

  /** What stands against it, one Chinese sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!(samplingRate >= 0 && samplingRate <= 1)) {
      problems.add("samplingRate 应在 0 到 1 之间，例如 0.2。");
    }
    if (validity.isNegative() || validity.isZero()) {
      problems.add("validityDays 应为大于 0 的天数。");
    }
    if (longestValidity.compareTo(validity) < 0) {
      problems.add("longestValidityDays 不能短于 validityDays。");
    }
    empty(problems, "marketWords", marketWords);
    empty(problems, "highRiskWords", highRiskWords);
    empty(problems, "aiWords", aiWords);
    empty(problems, "imageMarks", imageMarks);
    return problems;
  }

  /** Without its words a reason for the officer's reading would silently be gone. */
  private static void empty(List<String> problems, String key, List<String> words) {
    if (words.isEmpty() || words.stream().anyMatch(String::isBlank)) {
      problems.add("%s 至少要有一个词，且不能有空词。".formatted(key));
    }
  }

  private static JsonNode tree(String source) {
    try {
      return new YAMLMapper().readTree(source);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("复核制度不是有效的 YAML：" + e.getOriginalMessage(), e);
    }
  }

  boolean speaksOfMarket(String text) {
    return contains(text, marketWords);
  }

  boolean speaksOfHighRisk(String text) {
    return contains(text, highRiskWords);
  }

  boolean speaksOfAi(String text) {
    return contains(text, aiWords);
  }

  boolean showsImages(String source) {
    return contains(source, imageMarks);
  }

  /** Full-width letters, blanks and case make no difference. */
  private static boolean contains(String text, List<String> words) {
    String folded = fold(text);
    return words.stream().anyMatch(word -> folded.contains(fold(word)));
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replaceAll("\\s+", "")
        .toLowerCase(Locale.ROOT);
  }

  private static List<String> words(JsonNode node) {
    List<String> words = new ArrayList<>();
    node.forEach(word -> words.add(word.asText()));
    return List.copyOf(words);
  }
}
