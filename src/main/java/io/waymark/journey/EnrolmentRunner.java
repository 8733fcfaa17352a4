package io.waymark.journey;

import io.waymark.compliance.recall.Recalls;
import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.customer.CustomerLocks;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.PassingFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets queued customers into their journeys, many per transaction.
 *
 * <p>When a batch fails it rolls back whole and is replayed one customer at a time, so that one bad
 * customer harms nobody; whose start fails alone stays as a failed enrolment with the reason. Who
 * fails because the database is away stays queued.
 */
@Component
public class EnrolmentRunner {

  private static final Logger log = LoggerFactory.getLogger(EnrolmentRunner.class);
  private static final int BATCH = 50;

  private final Enrolments enrolments;
  private final Participations participations;
  private final JourneyVersions versions;
  private final CustomerLocks locks;
  private final Admission admission;
  private final WaitingEnrolments waiting;
  private final Recalls recalls;
  private final JourneyEngine engine;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  EnrolmentRunner(
      Enrolments enrolments,
      Participations participations,
      JourneyVersions versions,
      CustomerLocks locks,
      Admission admission,
      WaitingEnrolments waiting,
      Recalls recalls,
      JourneyEngine engine,
      EvidenceLog evidence,
      TransactionTemplate transaction) {
    this.enrolments = enrolments;
    this.participations = participations;
    this.versions = versions;
    this.locks = locks;
    this.admission = admission;
    this.waiting = waiting;
    this.recalls = recalls;
    this.engine = engine;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /**
   * Works off one batch.
   *
   * @return how many enrolments were decided on; 0 when nothing is queued
   */
  public int runNext() {
    List<Enrolment> taken = new ArrayList<>();
    try {
      transaction.executeWithoutResult(
          status -> {
            taken.addAll(enrolments.lockNext(BATCH));
            admit(taken);
          });
    } catch (RuntimeException failure) {
      if (taken.isEmpty()) {
        throw failure;
      }
      log.warn("Batch of {} enrolments failed, replaying one by one", taken.size(), failure);
      taken.forEach(this::replay);
    }
    return taken.size();
  }

  private void replay(Enrolment wish) {
    try {
      transaction.executeWithoutResult(status -> admit(enrolments.lock(wish.id())));
    } catch (RuntimeException failure) {
      if (PassingFailure.is(failure)) {
        // Nobody stays outside for a database that was away: the wish is still queued.
        throw failure;
      }
      log.error("Enrolment {} into {} failed", wish.id(), wish.journeyKey(), failure);
      enrolments.failed(wish.id(), FailureReason.of(failure));
    }
  }

  private void admit(List<Enrolment> taken) {
    if (taken.isEmpty()) {
      return;
    }
    // First of all locks: a recall waits for those who are letting customers in.
    StandingRecalls standing = recalls.standingForEntry();
    // Customer order, so that two batches never wait for each other's locks.
    List<Enrolment> wishes =
        taken.stream().sorted(Comparator.comparingLong(Enrolment::customerId)).toList();
    locks.lock(wishes.stream().map(Enrolment::customerId).toList());
    JourneyVersion version = versionFor(wishes.get(0));
    Admission.Decision decision = admission.decide(wishes, version, standing);
    enrolments.refused(decision.refused());
    waiting.hold(decision.held());
    decision.admitted().forEach(this::start);
  }

  /** Who was asked in under a version that was replaced meanwhile enters the one that runs now. */
  private JourneyVersion versionFor(Enrolment wish) {
    JourneyVersion asked = versions.find(wish.journeyVersionId()).orElseThrow();
    return versions.isOpen(asked) ? asked : versions.running(wish.journeyKey()).orElse(asked);
  }

  private void start(JourneyVersion version, List<Enrolment> admitted) {
    if (admitted.isEmpty()) {
      return;
    }
    Map<Long, NewParticipation> entered = participations.enter(version, admitted);
    List<NewParticipation> inOrder =
        admitted.stream().map(wish -> Objects.requireNonNull(entered.get(wish.id()))).toList();
    participations.started(engine.start(version, inOrder));
    Map<Long, Long> started = new HashMap<>();
    entered.forEach((wish, participation) -> started.put(wish, participation.id()));
    enrolments.started(started);
    evidence.appendAll(inOrder.stream().map(one -> entry(version, one)).toList());
  }

  private static EvidenceEntry entry(JourneyVersion version, NewParticipation participation) {
    return new EvidenceEntry(
        EvidenceKind.JOURNEY_ENTERED,
        "participation:" + participation.id(),
        participation.customerId(),
        participation.branch(),
        "waymark",
        Map.of("journey", version.key(), "definition", version.definitionId()));
  }
}
