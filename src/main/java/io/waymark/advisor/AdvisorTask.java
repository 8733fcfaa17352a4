package io.waymark.advisor;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task as the work list shows it. The note is kept apart ({@link WorkList#note}): it is sealed.
 *
 * @param assignee user name, or null while it waits in the branch's pool
 * @param reason why it went there
 * @param dueAt when it is overdue
 * @param escalatedAt when it was last escalated, or null
 * @param escalatedTo team leader who was told, or null when never escalated or nobody leads
 * @param closedAt when it was completed or cancelled, or null
 * @param closedBy who completed it, or null
 * @param outcome the code it was completed with, or null
 * @param cancelReason code of why the journey took it back, or null
 * @param needs what it asks of the advisor beyond the qualification
 * @param material what the advisor is given for this step
 * @param course what routing ordered and what happened since
 */
public record AdvisorTask(
    String taskId,
    long customerId,
    String branch,
    long participationId,
    String journeyKey,
    String node,
    String title,
    @Nullable String qualification,
    Set<String> outcomes,
    TaskStatus status,
    @Nullable String assignee,
    RoutingReason reason,
    Instant createdAt,
    Instant dueAt,
    @Nullable Instant escalatedAt,
    @Nullable String escalatedTo,
    @Nullable Instant closedAt,
    @Nullable String closedBy,
    @Nullable String outcome,
    @Nullable String cancelReason,
    TaskNeeds needs,
    TaskMaterial material,
    TaskCourse course) {

  public AdvisorTask {
    outcomes = Set.copyOf(outcomes);
  }

  /** Whether it is open and its time has passed. */
  public boolean overdue(Instant now) {
    return status == TaskStatus.OPEN && dueAt.isBefore(now);
  }

  /** Whether it rests because the customer wants to be called later. */
  public boolean resting(Instant now) {
    Instant callBack = course.callBackAt();
    return status == TaskStatus.OPEN && callBack != null && callBack.isAfter(now);
  }
}
