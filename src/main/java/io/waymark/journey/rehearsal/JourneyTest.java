package io.waymark.journey.rehearsal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal kept with its journey.
 *
 * @param person an invented one: a kept test names no customer
 * @param acts as {@link Acts} writes them
 * @param lastVersion version it was last run on; null when it never was
 * @param lastProblem what was not as expected then; null when all was
 */
public record JourneyTest(
    long id,
    String journeyKey,
    String name,
    Person person,
    String acts,
    List<Expectation> expectations,
    String author,
    Instant createdAt,
    @Nullable Long lastVersion,
    @Nullable Instant lastRunAt,
    @Nullable String lastProblem) {

  public JourneyTest {
    expectations = List.copyOf(expectations);
  }
}
