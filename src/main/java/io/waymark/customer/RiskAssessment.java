package io.waymark.customer;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a risk questionnaire.
 *
 * @param minimumClass 风险承受能力最低类别, a sub-class of C1
 * @param expiresAt last moment at which it still counts
 * @param maxTerm longest term accepted: {@code short}, {@code medium} or {@code long}; null = not
 *     asked
 * @param productTypes product types the customer accepts; empty = not asked
 * @param objective {@code preservation}, {@code income}, {@code growth} or {@code aggressive}
 */
public record RiskAssessment(
    RiskTolerance level,
    boolean minimumClass,
    Instant assessedAt,
    Instant expiresAt,
    @Nullable String maxTerm,
    Set<String> productTypes,
    String objective) {

  /** Stands where two answers share no product type; no product is of it. */
  static final String NO_TYPE = "none";

  private static final List<String> TERMS = List.of("short", "medium", "long");
  private static final List<String> OBJECTIVES =
      List.of("preservation", "income", "growth", "aggressive");

  public RiskAssessment {
    productTypes = Set.copyOf(productTypes);
  }

  /** This assessment, in every answer no wider than another one of the same person. */
  RiskAssessment tightenedBy(RiskAssessment other) {
    return new RiskAssessment(
        level.compareTo(other.level) <= 0 ? level : other.level,
        minimumClass || other.minimumClass,
        assessedAt,
        expiresAt.isBefore(other.expiresAt) ? expiresAt : other.expiresAt,
        firstOf(TERMS, maxTerm, other.maxTerm),
        common(productTypes, other.productTypes),
        Objects.requireNonNull(firstOf(OBJECTIVES, objective, other.objective)));
  }

  private static @Nullable String firstOf(
      List<String> order, @Nullable String one, @Nullable String two) {
    return Stream.of(one, two)
        .flatMap(Stream::ofNullable)
        .min(Comparator.comparingInt(order::indexOf))
        .orElse(null);
  }

  private static Set<String> common(Set<String> one, Set<String> two) {
    if (one.isEmpty() || two.isEmpty()) {
      return one.isEmpty() ? two : one;
    }
    Set<String> both = one.stream().filter(two::contains).collect(Collectors.toSet());
    // An empty set would mean "not asked"; these two answers agree on nothing.
    return both.isEmpty() ? Set.of(NO_TYPE) : both;
  }
}
