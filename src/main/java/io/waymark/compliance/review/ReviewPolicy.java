package io.waymark.compliance.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * House policy of the double review: who must read what beyond the rule pack. Data from {@code
 * compliance/review-policy.yaml}.
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

  private static final String FILE = "/compliance/review-policy.yaml";

  static ReviewPolicy shipped() {
    try (InputStream file =
        Objects.requireNonNull(ReviewPolicy.class.getResourceAsStream(FILE), FILE)) {
      JsonNode root = new YAMLMapper().readTree(file);
      return new ReviewPolicy(
          rate(root.path("samplingRate").asDouble(-1)),
          Duration.ofDays(root.path("validityDays").asInt()),
          Duration.ofDays(root.path("longestValidityDays").asInt()),
          words(root.path("marketWords")),
          words(root.path("highRiskWords")),
          words(root.path("aiWords")),
          words(root.path("imageMarks")));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  ReviewPolicy sampling(double rate) {
    return new ReviewPolicy(
        rate(rate), validity, longestValidity, marketWords, highRiskWords, aiWords, imageMarks);
  }

  private static double rate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("waymark.review.sampling-rate 应在 0 到 1 之间:" + rate);
    }
    return rate;
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
