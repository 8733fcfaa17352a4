package io.waymark.journey;

import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.platform.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * An audience that profiles people lets nobody into marketing without a valid impact assessment
 * (个人信息保护法 art. 55): asked when a journey is approved, when an audience is run and when an event
 * would let somebody in.
 */
@Component
class MarketingEntry {

  private static final Logger log = LoggerFactory.getLogger(MarketingEntry.class);
  private static final Duration MEMORY = Duration.ofSeconds(5);

  private final ImpactAssessments assessments;
  private final Clock clock;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  MarketingEntry(ImpactAssessments assessments, Clock clock) {
    this.assessments = assessments;
    this.clock = clock;
  }

  /**
   * Refuses a journey whose audience may not be used.
   *
   * @throws JourneyRefusedException saying what to do
   */
  void require(JourneySettings settings) {
    audiences(settings)
        .flatMap(audience -> assessments.refusal(audience, clock.instant()).stream())
        .findFirst()
        .ifPresent(
            sentence -> {
              throw new JourneyRefusedException("impact_assessment_missing", sentence);
            });
  }

  /** Whether customers may enter now; an assessment may have ended since the approval. */
  boolean open(JourneyVersion version) {
    Optional<String> refusal =
        audiences(version.settings()).flatMap(audience -> lately(audience).stream()).findFirst();
    refusal.ifPresent(
        sentence -> log.warn("Journey {} lets nobody in: {}", version.key(), sentence));
    return refusal.isEmpty();
  }

  private Optional<String> lately(String audience) {
    Instant now = clock.instant();
    return remembered
        .compute(
            audience,
            (code, known) ->
                known != null && !now.isBefore(known.from()) && now.isBefore(known.until())
                    ? known
                    : new Remembered(assessments.refusal(code, now), now, now.plus(MEMORY)))
        .refusal();
  }

  private static Stream<String> audiences(JourneySettings settings) {
    return Purpose.of(settings.purpose()).marketing()
        ? Stream.of(
                Optional.ofNullable(settings.entryAudience()),
                Optional.ofNullable(settings.entryFilter()))
            .flatMap(Optional::stream)
        : Stream.empty();
  }

  private record Remembered(Optional<String> refusal, Instant from, Instant until) {}
}
