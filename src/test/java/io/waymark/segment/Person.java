package io.waymark.segment;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a test knows of one customer, in memory. */
record Person(
    String ref,
    String branch,
    @Nullable String advisor,
    CustomerClass customerClass,
    @Nullable LocalDate birthDate,
    Map<String, Tagged> tags,
    List<Happened> events,
    Map<Cell, Word> consents,
    @Nullable Assessed assessment,
    Map<String, String> typesHeld) {

  record Tagged(String value, Instant asOf) {}

  record Happened(String type, Instant at, Map<String, Object> properties) {
    Happened(String type, Instant at) {
      this(type, at, Map.of());
    }
  }

  record Cell(Purpose purpose, Channel channel) {}

  record Word(boolean granted, @Nullable Instant expires) {}

  /**
   * @param lowered the level what the customer did since has left, or null
   */
  record Assessed(
      RiskTolerance level,
      @Nullable RiskTolerance lowered,
      Instant at,
      Instant expires,
      boolean minimum,
      Set<String> types) {

    RiskTolerance inForce() {
      return lowered == null ? level : lowered;
    }
  }
}
