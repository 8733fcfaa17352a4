package io.waymark.advisor;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks a work list shows; a null part does not filter.
 *
 * @param view whose tasks
 * @param status where the tasks stand; null shows all
 * @param overdueOnly only open tasks whose time has passed
 * @param journeyKey only tasks of this journey
 * @param customerId only tasks about this customer
 * @param node only tasks of this step of the journey
 */
public record WorkFilter(
    View view,
    @Nullable TaskStatus status,
    boolean overdueOnly,
    @Nullable String journeyKey,
    @Nullable Long customerId,
    @Nullable String node) {

  /** Tasks of whatever step. */
  public WorkFilter(
      View view,
      @Nullable TaskStatus status,
      boolean overdueOnly,
      @Nullable String journeyKey,
      @Nullable Long customerId) {
    this(view, status, overdueOnly, journeyKey, customerId, null);
  }

  /** Whose tasks a work list shows. */
  public enum View {
    /** Assigned to, closed by or escalated to the person. */
    MINE,
    /** Waiting for someone to claim them, as far as the person is qualified to. */
    POOL,
    /** Waiting for someone to claim them, whoever may. */
    WAITING,
    /** Everybody's within the branch scope, for leaders and head office. */
    BRANCH
  }

  /** The person's open tasks. */
  public static WorkFilter mine() {
    return new WorkFilter(View.MINE, TaskStatus.OPEN, false, null, null);
  }

  /** The open tasks the person could claim. */
  public static WorkFilter pool() {
    return new WorkFilter(View.POOL, TaskStatus.OPEN, false, null, null);
  }

  /** All open tasks of the scope. */
  public static WorkFilter branch() {
    return new WorkFilter(View.BRANCH, TaskStatus.OPEN, false, null, null);
  }
}
