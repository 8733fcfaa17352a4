package io.waymark.segment;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test knows of one customer, in memory. */
record Person(
    String ref,
    String branch,
    @Nullable LocalDate birthDate,
    Map<String, String> tags,
    List<Happened> events,
    Map<Cell, Word> consents,
    @Nullable Assessed assessment,
    Map<String, String> typesHeld) {

  record Happened(String type, Instant at) {}

  record Cell(Purpose purpose, Channel channel) {}

  record Word(boolean granted, @Nullable Instant expires) {}

  record Assessed(RiskTolerance level, Instant at, Instant expires) {}
}
