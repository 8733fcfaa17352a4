package io.waymark.advisor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the routing table ordered for a task and what became of it since.
 *
 * @param routedBy version of the routing table that decided
 * @param headOffice whether it is escalated to head office's leader rather than the branch's
 * @param rerouteOverdue whether it goes to somebody else when overdue
 * @param remindAt when the holder is reminded
 * @param remindedAt when that happened, or null
 * @param refusedBy who refused it, in that order
 * @param movedBecause code of the last reason a person gave for handing it over or refusing, or
 *     null
 * @param reroutes how often it was given to somebody else without a person asking
 * @param callBackAt when the customer wants to be called, or null
 * @param callBacks how often a call was put off at the customer's wish
 */
public record TaskCourse(
    String routedBy,
    boolean headOffice,
    boolean rerouteOverdue,
    @Nullable Instant remindAt,
    @Nullable Instant remindedAt,
    List<String> refusedBy,
    @Nullable String movedBecause,
    int reroutes,
    @Nullable Instant callBackAt,
    int callBacks) {

  public TaskCourse {
    refusedBy = List.copyOf(refusedBy);
  }
}
