package io.waymark.customer;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer as screens may show one: personal data only masked.
 *
 * @param birthDate local date in China, null when unknown
 * @param maskedIdentities e.g. {@code mobile -> 138****1234}, several of a type joined by 、
 */
public record CustomerProfile(
    long id,
    String ref,
    String maskedName,
    String branch,
    @Nullable String advisor,
    CustomerClass customerClass,
    LegalStatus legalStatus,
    @Nullable LocalDate birthDate,
    Map<String, String> maskedIdentities,
    Map<String, String> tags) {

  public CustomerProfile {
    maskedIdentities = Map.copyOf(maskedIdentities);
    tags = Map.copyOf(tags);
  }
}
