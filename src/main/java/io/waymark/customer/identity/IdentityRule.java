package io.waymark.customer.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.waymark.customer.IdentityType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one type of identity is worth.
 *
 * @param type its code, e.g. {@code mobile}
 * @param most how many one customer may have
 * @param shared whether it is normal that several customers have the same
 * @param validDays for how many days it counts after it was last stated; 0 for ever
 * @param basis where the rule comes from, for people
 */
public record IdentityRule(
    String type,
    Strength strength,
    int most,
    boolean shared,
    Links links,
    int validDays,
    String basis) {

  /** Whether more of them than one customer may have speak for two persons. */
  public enum Strength {
    @JsonProperty("strong")
    STRONG,
    @JsonProperty("weak")
    WEAK
  }

  /** Whether the same identity makes two records one person. */
  public enum Links {
    /** By itself. */
    @JsonProperty("alone")
    ALONE,
    /** When name and birth date are the same as well. */
    @JsonProperty("with-person")
    WITH_PERSON,
    /** Never. */
    @JsonProperty("never")
    NEVER
  }

  /** The type, empty when the code is misspelt. */
  Optional<IdentityType> known() {
    return IdentityType.find(type);
  }

  /** The moment since which it must have been stated to count; the beginning of time for ever. */
  Instant validSince(Instant now) {
    return validDays == 0 ? Instant.EPOCH : now.minus(Duration.ofDays(validDays));
  }

  /** Whether a customer who states it is looked for among the others. */
  boolean asks() {
    return links != Links.NEVER || !shared;
  }
}
