package io.waymark.contact;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may be contacted for what, how often and at which hours: versioned data, never code. Every
 * value names its basis.
 *
 * @param version named by every verdict and message
 * @param strictPurposes purposes for which missing data counts as no; the rest is service and
 *     education
 * @param legalStatus what each legal status still allows; a status that is not listed allows
 *     nothing
 * @param minimumAge from which age strict purposes are allowed
 * @param refusable purposes that need no consent but end with a refusal
 * @param suppressible purposes that a suppression stops
 * @param caps how many messages in which window
 * @param hours when messages may leave; a channel and purpose that no entry covers is free at all
 *     hours
 * @param productClasses which product types a template class was approved for; a class that is not
 *     listed fits every product
 * @param unsubscribeWords replies that end marketing on the channel they came by
 */
public record ContactPolicy(
    String version,
    Purposes strictPurposes,
    List<StatusRule> legalStatus,
    AgeRule minimumAge,
    Purposes refusable,
    Purposes suppressible,
    List<Cap> caps,
    List<SendingHours> hours,
    List<ProductClass> productClasses,
    UnsubscribeWords unsubscribeWords) {

  public ContactPolicy {
    require(!version.isBlank(), "version");
    legalStatus = List.copyOf(legalStatus);
    caps = List.copyOf(caps);
    hours = List.copyOf(hours);
    productClasses = List.copyOf(productClasses);
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException when a value is missing, unknown or without basis
   */
  public static ContactPolicy read(InputStream yaml) {
    try {
      return YAMLMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .addModule(new JavaTimeModule())
          .build()
          .readValue(yaml, ContactPolicy.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("触达政策文件无法读取，请检查 contact-policy.yaml：" + e.getMessage(), e);
    }
  }

  /** Whether missing data counts as no for this purpose. */
  public boolean strict(Purpose purpose) {
    return strictPurposes.purposes().contains(purpose);
  }

  /** What a legal status still allows; nothing when the policy does not name it. */
  public Set<Purpose> allowedBy(LegalStatus status) {
    return legalStatus.stream()
        .filter(rule -> rule.status() == status)
        .findFirst()
        .map(StatusRule::allows)
        .orElse(EnumSet.noneOf(Purpose.class));
  }

  /** The caps under which a message takes a place. */
  public List<Cap> capsOn(Channel channel, Purpose purpose) {
    return caps.stream().filter(cap -> cap.covers(channel, purpose)).toList();
  }

  /** The first moment from now on at which a message may leave: now itself outside quiet hours. */
  public Instant opensAt(Channel channel, Purpose purpose, Instant now) {
    return hours.stream()
        .filter(entry -> entry.covers(channel, purpose))
        .map(entry -> entry.opensAt(now))
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  /** The product types a template class was approved for; empty when it fits every product. */
  public Optional<Set<String>> typesFor(String productClass) {
    return productClasses.stream()
        .filter(entry -> entry.code().equals(productClass))
        .findFirst()
        .map(ProductClass::types);
  }

  /** How far back counted messages must be kept to decide every cap. */
  public Duration longestWindow() {
    return caps.stream()
        .map(cap -> cap.window().atMost())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("触达政策不完整，请检查：" + what);
    }
  }

  /** Purposes and why just these. */
  public record Purposes(Set<Purpose> purposes, String basis) {
    public Purposes {
      purposes = Set.copyOf(purposes);
      require(!basis.isBlank(), "basis");
    }
  }

  /** What a legal status still allows. */
  public record StatusRule(LegalStatus status, Set<Purpose> allows, String basis) {
    public StatusRule {
      allows = Set.copyOf(allows);
      require(!basis.isBlank(), "basis of " + status);
    }
  }

  /** An age in full years. */
  public record AgeRule(int years, String basis) {
    public AgeRule {
      require(years >= 0 && !basis.isBlank(), "minimum-age");
    }
  }

  /** Product types that a template class was approved for. */
  public record ProductClass(String code, Set<String> types, String basis) {
    public ProductClass {
      types = Set.copyOf(types);
      require(!basis.isBlank(), "basis of product class " + code);
    }
  }
}
