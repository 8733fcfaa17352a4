package io.waymark.customer;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one customer that the gates ask, read in bulk.
 *
 * @param birthDate local date in China, null when unknown
 * @param assessment the current one, valid or not; null when never assessed
 */
public record GateFacts(
    long customerId,
    String ref,
    String branch,
    CustomerClass customerClass,
    LegalStatus legalStatus,
    @Nullable LocalDate birthDate,
    ConsentMatrix consents,
    @Nullable RiskAssessment assessment,
    Map<String, String> tags) {

  public GateFacts {
    tags = Map.copyOf(tags);
  }
}
