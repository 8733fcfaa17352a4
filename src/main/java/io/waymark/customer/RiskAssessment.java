package io.waymark.customer;

import java.time.Instant;
import java.util.Set;
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

  public RiskAssessment {
    productTypes = Set.copyOf(productTypes);
  }
}
