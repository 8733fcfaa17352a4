package io.waymark.journey;

import io.waymark.journey.CustomerMoves.Report;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What people decide about timers that were held to be asked about ({@link OverdueChoice#ASK}): who
 * may, for whom, and why is settled here, whatever the door.
 */
@Component
public class HeldTimers {

  private static final Set<Role> DECIDE = EnumSet.of(Role.MARKETER, Role.OPERATOR);
  private static final int SHORTEST_REASON = 4;
  private static final int LONGEST_REASON = 200;
  private static final int MOST = 500;

  private final OverdueTimers timers;
  private final CustomerMoves moves;
  private final Participations participations;
  private final StaffDirectory staff;
  private final Clock clock;

  HeldTimers(
      OverdueTimers timers,
      CustomerMoves moves,
      Participations participations,
      StaffDirectory staff,
      Clock clock) {
    this.timers = timers;
    this.moves = moves;
    this.participations = participations;
    this.staff = staff;
    this.clock = clock;
  }

  /** What becomes of a customer whose timer is held. */
  public enum Decision {
    /** The timer fires as soon as the engine gets to it. */
    FIRE,
    /** The timer is dropped; the customer goes on waiting for what he awaits beside it. */
    SKIP,
    /** The customer leaves the journey. */
    END;

    /** The word used in forms. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What became of them.
   *
   * @param done customers decided about
   * @param left those for whom nothing changed: decided about already, outside the person's
   *     branches, or without another way on than the timer
   */
  public record Outcome(int done, int left) {}

  /**
   * Decides about held timers of some customers of a journey.
   *
   * @param reason in the person's words, 4 to 200 characters; goes to the evidence
   * @param by user name of the person, whose role and branches count
   * @throws JourneyRefusedException when the person may not, nobody or too many are chosen, or the
   *     reason is missing
   */
  public Outcome decide(
      String journeyKey,
      Collection<Long> participationIds,
      Decision decision,
      String reason,
      String by) {
    BranchScope scope = scopeOf(by);
    String why = reason.strip();
    if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
      throw new JourneyRefusedException("reason_missing", "请填写原因，4 到 200 个字。");
    }
    if (participationIds.isEmpty() || participationIds.size() > MOST) {
      throw new JourneyRefusedException("nobody_chosen", "请勾选 1 至 %d 位客户。".formatted(MOST));
    }
    List<Long> held = held(journeyKey, participationIds, scope);
    int done =
        decision == Decision.END
            ? ended(moves.perform(held, new CustomerMove.End(), why, by, scope))
            : timers.decide(held, handling(decision, why, by), scope);
    return new Outcome(done, participationIds.size() - done);
  }

  private static int ended(Report report) {
    return report.done().size();
  }

  private OverdueHandling handling(Decision decision, String reason, String by) {
    return new OverdueHandling(
        decision == Decision.SKIP ? OverdueChoice.SKIP : OverdueChoice.FIRE,
        null,
        clock.instant(),
        by,
        reason);
  }

  /** Of this journey, in the person's branches, and really held. */
  private List<Long> held(String journeyKey, Collection<Long> ids, BranchScope scope) {
    return timers.heldOf(
        participations.findAll(List.copyOf(ids)).stream()
            .filter(one -> Objects.equals(one.journeyKey(), journeyKey))
            .map(Participation::id)
            .toList(),
        scope);
  }

  private BranchScope scopeOf(String username) {
    return staff
        .find(username)
        .filter(StaffMember::enabled)
        .filter(one -> DECIDE.contains(one.role()))
        .map(StaffMember::scope)
        .orElseThrow(() -> new JourneyRefusedException("wrong_role", "只有营销或运营人员可以决定客户的定时器。"));
  }
}
