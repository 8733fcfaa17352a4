package io.waymark.journey.publication;

import io.waymark.compliance.recall.Recall;
import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallLifted;
import io.waymark.compliance.recall.RecallRefusedException;
import io.waymark.compliance.recall.RecallStarted;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.Recalls;
import io.waymark.journey.JourneyActs;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Stops a journey everywhere at once: nobody enters, everybody inside stands still, and what is on
 * its way to customers does not leave. It is a recall of the journey, so every node and every door
 * obeys it from its commit on. One person stops; two lift, the second of them an officer.
 */
@Component
public class KillSwitch {

  private final Recalls recalls;
  private final Publishers publishers;
  private final StaffDirectory staff;
  private final JourneyVersions versions;
  private final JourneyActs acts;

  KillSwitch(
      Recalls recalls,
      Publishers publishers,
      StaffDirectory staff,
      JourneyVersions versions,
      JourneyActs acts) {
    this.recalls = recalls;
    this.publishers = publishers;
    this.staff = staff;
    this.versions = versions;
    this.acts = acts;
  }

  /** The stop that stands over a journey. */
  public Optional<Recall> standing(String journeyKey) {
    return recalls.standing(target(journeyKey));
  }

  /**
   * Stops the journey. Must not be called inside a transaction.
   *
   * @throws JourneyRefusedException when it is stopped already, or the reason is missing
   */
  public void stop(String journeyKey, String reason, String by) {
    publishers.mayStop(by);
    translated(() -> recalls.stop(target(journeyKey), reason, by));
  }

  /** Asks for the stop to be lifted. */
  public void proposeLift(String journeyKey, String reason, String by) {
    publishers.mayRun(by);
    translated(() -> recalls.proposeLift(standingId(journeyKey), reason, by));
  }

  /** Lifts the stop, as an officer who did not ask for it. */
  public void confirmLift(String journeyKey, String by) {
    staff
        .find(by)
        .filter(StaffMember::enabled)
        .filter(one -> one.role() == Role.COMPLIANCE)
        .orElseThrow(() -> new JourneyRefusedException("wrong_role", "紧急停止只能由合规人员确认解除。"));
    translated(() -> recalls.confirmLift(standingId(journeyKey), by));
  }

  private long standingId(String journeyKey) {
    return standing(journeyKey)
        .orElseThrow(() -> new RecallRefusedException("这个旅程没有被停止，请刷新后再试。"))
        .id();
  }

  private static RecallTarget target(String journeyKey) {
    return new RecallTarget(RecallKind.JOURNEY, journeyKey);
  }

  private static void translated(Runnable act) {
    try {
      act.run();
    } catch (RecallRefusedException refused) {
      throw new JourneyRefusedException("recall", String.valueOf(refused.getMessage()));
    }
  }

  @EventListener
  void on(RecallStarted started) {
    note(started.recallId(), started.target(), "killed");
  }

  @EventListener
  void on(RecallLifted lifted) {
    note(lifted.recallId(), lifted.target(), "kill_lifted");
  }

  /** For the journey's page; the recall proves itself. */
  private void note(long recallId, RecallTarget target, String act) {
    if (target.kind() != RecallKind.JOURNEY) {
      return;
    }
    Recall recall = recalls.find(recallId).orElseThrow();
    String lifter = recall.liftedBy();
    versions.of(target.value()).stream()
        .filter(version -> version.liveSince() != null)
        .findFirst()
        .ifPresent(
            version ->
                acts.note(
                    version,
                    null,
                    act,
                    lifter == null ? recall.startedBy() : lifter,
                    lifter == null ? recall.reason() : recall.liftReason(),
                    Map.of("recall", recallId)));
  }
}
