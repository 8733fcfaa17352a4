package io.waymark.journey;

import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.content.Templates;
import io.waymark.platform.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * An audience that profiles people lets nobody into marketing without a valid impact assessment
 * (个人信息保护法 art. 55): asked when a journey is approved, when an audience is run and when an event
 * would let somebody in. A journey is as strict as the strictest of its texts: one that calls
 * itself a service and sends an offer is marketing.
 */
@Component
class MarketingEntry {

  private static final Logger log = LoggerFactory.getLogger(MarketingEntry.class);
  private static final Duration MEMORY = Duration.ofSeconds(5);

  private final ImpactAssessments assessments;
  private final DrawnOutlines outlines;
  private final Templates templates;
  private final Clock clock;

  /** By definition: what was deployed never changes. */
  private final Map<String, Set<String>> sent = new ConcurrentHashMap<>();

  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  MarketingEntry(
      ImpactAssessments assessments, DrawnOutlines outlines, Templates templates, Clock clock) {
    this.assessments = assessments;
    this.outlines = outlines;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * Refuses a journey whose audience may not be used.
   *
   * @throws JourneyRefusedException saying what to do
   */
  void require(JourneyVersion version) {
    refusal(version)
        .ifPresent(
            sentence -> {
              throw new JourneyRefusedException("impact_assessment_missing", sentence);
            });
  }

  /** Whether customers may enter now; an assessment may have ended since the approval. */
  boolean open(JourneyVersion version) {
    Instant now = clock.instant();
    Optional<String> refusal =
        remembered
            .compute(
                version.definitionId(),
                (definition, known) ->
                    known != null && !now.isBefore(known.from()) && now.isBefore(known.until())
                        ? known
                        : new Remembered(refusal(version), now, now.plus(MEMORY)))
            .refusal();
    refusal.ifPresent(
        sentence -> log.warn("Journey {} lets nobody in: {}", version.key(), sentence));
    return refusal.isEmpty();
  }

  private Optional<String> refusal(JourneyVersion version) {
    JourneySettings settings = version.settings();
    List<String> audiences =
        Stream.of(
                Optional.ofNullable(settings.entryAudience()),
                Optional.ofNullable(settings.entryFilter()))
            .flatMap(Optional::stream)
            .toList();
    return audiences.isEmpty() || !marketing(version)
        ? Optional.empty()
        : audiences.stream()
            .flatMap(audience -> assessments.refusal(audience, clock.instant()).stream())
            .findFirst();
  }

  private boolean marketing(JourneyVersion version) {
    if (Purpose.of(version.settings().purpose()).marketing()) {
      return true;
    }
    Set<String> codes =
        sent.computeIfAbsent(
            version.definitionId(), definition -> outlines.of(version).templates());
    return templates.latestAll(codes).values().stream()
        .anyMatch(one -> one.metadata().purpose().marketing());
  }

  private record Remembered(Optional<String> refusal, Instant from, Instant until) {}
}
