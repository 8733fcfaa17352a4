package io.waymark.journey;

import io.waymark.platform.staff.BranchScope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Timers of journeys whose hour is past; implemented on the engine's floor. */
public interface OverdueTimers {

  /** How many timers of a journey, whatever its version, were due until then and did not fire. */
  long count(String journeyKey, Instant asOf);

  /** These timers, longest overdue first. */
  List<OverdueTimer> list(String journeyKey, BranchScope scope, Instant asOf, int offset, int most);

  /**
   * Handles overdue timers of these participations in the caller's transaction, with one evidence
   * row per customer whose timer is dropped or held.
   *
   * @return how many timers were moved, dropped or held; 0 for {@link OverdueChoice#FIRE}
   */
  int settle(Collection<Long> participationIds, OverdueHandling handling);

  /**
   * Handles some of a journey's overdue timers in a transaction of its own. Called until it returns
   * 0 it handles all of them; a crash in between leaves the rest for the next call.
   *
   * @param most customers at once
   * @return how many timers were moved, dropped or held; 0 when none is left, or they simply fire
   */
  int settleSome(String journeyKey, OverdueHandling handling, int most);

  /** Timers held until somebody decides, oldest first; {@code dueAt} is when they were due. */
  List<OverdueTimer> held(String journeyKey, BranchScope scope, int offset, int most);

  /** Which of these participations have a held timer and are in these branches. */
  List<Long> heldOf(Collection<Long> participationIds, BranchScope scope);

  /**
   * Decides about held timers of these participations, in a transaction of its own: {@link
   * OverdueChoice#FIRE} and {@link OverdueChoice#SPREAD} let them fire, {@link OverdueChoice#SKIP}
   * drops those that are not the only way on. Who is outside the branches is passed over.
   *
   * @return how many customers had a timer released or dropped
   * @throws JourneyRefusedException when the decision is to ask again
   */
  int decide(Collection<Long> participationIds, OverdueHandling handling, BranchScope scope);
}
