package io.waymark.journey.publication;

import io.waymark.compliance.recall.Recalls;
import io.waymark.evidence.EvidenceKind;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStandstill;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.OverdueHandling;
import io.waymark.journey.OverdueTimers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pausing and resuming a published journey: its entry alone, or everybody inside as well with a
 * choice for what falls due meanwhile. What a limit stopped is resumed by a person.
 */
@Component
public class Pauses {

  private static final Logger log = LoggerFactory.getLogger(Pauses.class);
  private static final int ATTEMPTS = 5;
  private static final int AT_ONCE = 500;

  private final JourneyVersions versions;
  private final Holds holds;
  private final Rollouts rollouts;
  private final JourneyStandstill standstill;
  private final OverdueTimers timers;
  private final Recalls recalls;
  private final Publishers publishers;
  private final JourneyActs acts;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Pauses(
      JourneyVersions versions,
      Holds holds,
      Rollouts rollouts,
      JourneyStandstill standstill,
      OverdueTimers timers,
      Recalls recalls,
      Publishers publishers,
      JourneyActs acts,
      TransactionTemplate transaction,
      Clock clock) {
    this.versions = versions;
    this.holds = holds;
    this.rollouts = rollouts;
    this.standstill = standstill;
    this.timers = timers;
    this.recalls = recalls;
    this.publishers = publishers;
    this.acts = acts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** The pause in which the customers inside of a journey stand still, if there is one. */
  public Optional<Hold> standing(String journeyKey) {
    return holds.standing(journeyKey);
  }

  /**
   * Pauses a live version. Must not be called inside a transaction.
   *
   * @param meanwhile null stops the entry alone; else everybody inside stands still
   * @throws JourneyRefusedException when it is not live, the reason is missing or the person may
   *     not
   */
  public void pause(long id, @Nullable Meanwhile meanwhile, String reason, String by) {
    publishers.mayStop(by);
    String why = Reasons.required(reason);
    stubbornly(
        () -> {
          if (meanwhile != null) {
            recalls.closeEntry();
          }
          versions.pause(id, by, why);
          if (meanwhile != null) {
            halt(find(id), meanwhile, why, by);
          }
        });
  }

  /**
   * Stops a live version and everybody inside because a limit was passed; a person resumes it and
   * chooses then.
   *
   * @param figures what was counted and the limits
   */
  void stop(JourneyVersion version, String reason, Map<String, Object> figures) {
    stubbornly(
        () -> {
          recalls.closeEntry();
          versions.pause(version.id(), JourneyActs.MACHINE, reason);
          halt(version, new Meanwhile(OverdueChoice.ASK, null), reason, JourneyActs.MACHINE);
          acts.note(
              version,
              EvidenceKind.JOURNEY_STOPPED,
              "auto_stopped",
              JourneyActs.MACHINE,
              reason,
              figures);
        });
  }

  private void halt(JourneyVersion version, Meanwhile meanwhile, String reason, String by) {
    if (holds.standing(version.key()).isPresent()) {
      return;
    }
    long held = standstill.halt(version.key());
    holds.begin(version.key(), meanwhile, reason, held, by);
    Map<String, Object> facts = new HashMap<>();
    facts.put("held", held);
    facts.put("choice", meanwhile.choice().code());
    acts.note(version, EvidenceKind.JOURNEY_HELD, "held", by, reason, facts);
  }

  /**
   * Resumes a paused version. Whoever stands still goes on once what fell due meanwhile has been
   * dealt with, which many customers take a while for. Must not be called inside a transaction.
   *
   * @param meanwhile needed when the customers inside stand still; replaces the choice made when
   *     they were stopped
   */
  public void resume(long id, @Nullable Meanwhile meanwhile, String by) {
    publishers.mayRun(by);
    JourneyVersion version = find(id);
    boolean holding = holds.standing(version.key()).isPresent();
    if (holding && meanwhile == null) {
      throw new JourneyRefusedException("choice_missing", "旅程中的客户停在原处，请选择期间到期的步骤怎么处理。");
    }
    transaction.executeWithoutResult(
        status -> {
          versions.resume(id, by);
          rollouts.watchAnew(id);
          if (holding) {
            holds.want(version.key(), Objects.requireNonNull(meanwhile), by);
          }
        });
    if (holding && soonDone(version.key(), Objects.requireNonNull(meanwhile))) {
      workOff();
    }
  }

  private boolean soonDone(String journeyKey, Meanwhile meanwhile) {
    return meanwhile.choice() == OverdueChoice.FIRE
        || timers.count(journeyKey, clock.instant()) <= AT_ONCE;
  }

  /** Lets everybody go on whose pause is to end; what a crash left is taken up by the next call. */
  void workOff() {
    for (Hold hold : holds.ending()) {
      try {
        settle(hold);
        stubbornly(() -> release(hold));
      } catch (RuntimeException failure) {
        log.error(
            "The pause of {} could not be ended and is tried again", hold.journeyKey(), failure);
      }
    }
  }

  private void settle(Hold hold) {
    if (hold.choice() == OverdueChoice.FIRE) {
      return;
    }
    Integer hours = hold.spreadHours();
    OverdueHandling handling =
        new OverdueHandling(
            hold.choice(),
            hours == null ? null : Duration.ofHours(hours),
            Objects.requireNonNull(hold.wantedAt()),
            Objects.requireNonNull(hold.wantedBy()),
            hold.reason());
    int some;
    do {
      some = timers.settleSome(hold.journeyKey(), handling, AT_ONCE);
    } while (some > 0);
  }

  private void release(Hold hold) {
    if (!holds.released(hold)) {
      return;
    }
    standstill.goOn(hold.journeyKey(), hold.heldAt());
    versions
        .running(hold.journeyKey())
        .ifPresent(
            version ->
                acts.note(
                    version,
                    EvidenceKind.JOURNEY_RELEASED,
                    "released",
                    Objects.requireNonNull(hold.wantedBy()),
                    null,
                    Map.of("choice", hold.choice().code(), "held", hold.held())));
  }

  private JourneyVersion find(long id) {
    return versions
        .find(id)
        .orElseThrow(() -> new JourneyRefusedException("unknown_version", "找不到这个旅程版本。"));
  }

  /**
   * A step of a journey and the holding of all its customers may meet; one of them has to yield.
   */
  private void stubbornly(Runnable work) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction.executeWithoutResult(status -> work.run());
        return;
      } catch (PessimisticLockingFailureException busy) {
        if (attempt == ATTEMPTS) {
          throw busy;
        }
      }
    }
  }
}
