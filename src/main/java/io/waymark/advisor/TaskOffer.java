package io.waymark.advisor;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task a journey wants a person to do.
 *
 * @param taskId the engine's id of the user task
 * @param customerId whom it is about
 * @param branch the customer's branch; only its advisors may take the task, unless the needs say
 *     otherwise
 * @param participationId the customer's run through the journey
 * @param journeyKey key of the journey
 * @param node id of the user task in the drawing
 * @param title Chinese name of the user task; holds no personal data
 * @param qualification code the advisor must have, or null when any advisor may
 * @param outcomes codes that may answer the task
 * @param createdAt when the journey reached the task
 * @param dueWorkingHours working hours until it is overdue; the routing table may allow fewer
 * @param needs what else it asks of the advisor
 * @param material what the advisor is given
 */
public record TaskOffer(
    String taskId,
    long customerId,
    String branch,
    long participationId,
    String journeyKey,
    String node,
    String title,
    @Nullable String qualification,
    Set<String> outcomes,
    Instant createdAt,
    int dueWorkingHours,
    TaskNeeds needs,
    TaskMaterial material) {

  public TaskOffer {
    outcomes = Set.copyOf(outcomes);
  }

  /** An ordinary task without material. */
  public TaskOffer(
      String taskId,
      long customerId,
      String branch,
      long participationId,
      String journeyKey,
      String node,
      String title,
      @Nullable String qualification,
      Set<String> outcomes,
      Instant createdAt,
      int dueWorkingHours) {
    this(
        taskId,
        customerId,
        branch,
        participationId,
        journeyKey,
        node,
        title,
        qualification,
        outcomes,
        createdAt,
        dueWorkingHours,
        TaskNeeds.ORDINARY,
        TaskMaterial.NONE);
  }
}
