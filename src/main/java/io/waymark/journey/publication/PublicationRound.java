package io.waymark.journey.publication;

import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.Places;
import io.waymark.journey.WaitingEnrolments;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What clocks do to published journeys, one round at a time: publish what is due, stop what passed
 * a limit, go on with a ramp-up, end pauses, let in whoever waited long enough. Each act is a
 * transaction of its own, and one journey that fails holds up no other.
 */
@Component
public class PublicationRound {

  private static final Logger log = LoggerFactory.getLogger(PublicationRound.class);

  private final Publications publications;
  private final Rollouts rollouts;
  private final VersionWatch watch;
  private final Pauses pauses;
  private final WaitingEnrolments waiting;
  private final Places places;
  private final JourneyVersions versions;
  private final Clock clock;

  PublicationRound(
      Publications publications,
      Rollouts rollouts,
      VersionWatch watch,
      Pauses pauses,
      WaitingEnrolments waiting,
      Places places,
      JourneyVersions versions,
      Clock clock) {
    this.publications = publications;
    this.rollouts = rollouts;
    this.watch = watch;
    this.pauses = pauses;
    this.waiting = waiting;
    this.places = places;
    this.versions = versions;
    this.clock = clock;
  }

  /** Does what is due on the clock's now. */
  public void run() {
    publications.publishDue();
    pauses.workOff();
    for (Rollout rollout : rollouts.live()) {
      try {
        look(rollout);
      } catch (RuntimeException failure) {
        log.error("Round of version {} failed", rollout.journeyVersionId(), failure);
      }
    }
    for (String journey : waiting.journeysWithoutPlace()) {
      versions.live(journey).ifPresent(this::fill);
    }
    waiting.refuseForEnded();
  }

  private void look(Rollout rollout) {
    if (watch.stopped(rollout)) {
      return;
    }
    Instant nextAt = rollout.nextAt();
    if (nextAt != null && !nextAt.isAfter(clock.instant())) {
      raise(rollout);
    }
    // A batch that read the smaller share may have put somebody aside after the release.
    versions
        .find(rollout.journeyVersionId())
        .ifPresent(version -> waiting.releaseShare(version.key(), version.share()));
  }

  private void raise(Rollout rollout) {
    try {
      rollouts.next(rollout.journeyVersionId(), rollout.stage(), JourneyActs.MACHINE);
    } catch (JourneyRefusedException overtaken) {
      log.info("Somebody else went on with version {}", rollout.journeyVersionId());
    }
  }

  private void fill(JourneyVersion version) {
    int free = places.free(version).now();
    if (free > 0) {
      waiting.releasePlaces(version.key(), free);
    }
  }
}
