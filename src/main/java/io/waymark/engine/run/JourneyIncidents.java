package io.waymark.engine.run;

import io.waymark.journey.NodeVisits;
import java.util.Objects;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;

/** Counts a customer whose job failed for good as failed at its node, until the job runs again. */
public class JourneyIncidents extends DefaultIncidentHandler {

  private final Supplier<NodeVisits> visits;

  /** Handles incidents of failed jobs. */
  public JourneyIncidents(Supplier<NodeVisits> visits) {
    super(Incident.FAILED_JOB_HANDLER_TYPE);
    this.visits = visits;
  }

  @Override
  public Incident handleIncident(IncidentContext context, String message) {
    mark(context.getExecutionId(), context.getActivityId(), true);
    return super.handleIncident(context, readable(context, message));
  }

  /** Operators read these in Cockpit: which step it was, in the words of the drawing. */
  private static @Nullable String readable(IncidentContext context, @Nullable String message) {
    if (context.getExecutionId() == null || context.getActivityId() == null) {
      return message;
    }
    ExecutionEntity execution =
        Context.getCommandContext()
            .getExecutionManager()
            .findExecutionById(context.getExecutionId());
    if (execution == null) {
      return message;
    }
    ActivityImpl activity = execution.getProcessDefinition().findActivity(context.getActivityId());
    String name = activity == null ? null : (String) activity.getProperty("name");
    return "步骤“%s”失败：%s"
        .formatted(
            Objects.requireNonNullElse(name, context.getActivityId()),
            Objects.requireNonNullElse(message, "没有说明"));
  }

  @Override
  public void resolveIncident(IncidentContext context) {
    if (!nothingFailed(context)) {
      markWaitingAgain(context);
      super.resolveIncident(context);
    }
  }

  @Override
  public void deleteIncident(IncidentContext context) {
    if (!nothingFailed(context)) {
      markWaitingAgain(context);
      super.deleteIncident(context);
    }
  }

  /**
   * The engine asks whenever a job ends; the execution knows without a statement that it is well.
   */
  private static boolean nothingFailed(IncidentContext context) {
    ExecutionEntity execution =
        context.getExecutionId() == null
            ? null
            : Context.getCommandContext()
                .getDbEntityManager()
                .getCachedEntity(ExecutionEntity.class, context.getExecutionId());
    return execution != null && execution.getIncidents().isEmpty();
  }

  /** The engine no longer says at which activity; the incident itself does. */
  private void markWaitingAgain(IncidentContext context) {
    Context.getCommandContext()
        .getIncidentManager()
        .findIncidentByConfiguration(context.getConfiguration())
        .forEach(incident -> mark(incident.getExecutionId(), incident.getActivityId(), false));
  }

  private void mark(@Nullable String executionId, @Nullable String activityId, boolean failed) {
    if (executionId == null || activityId == null) {
      return;
    }
    ExecutionEntity execution =
        Context.getCommandContext().getExecutionManager().findExecutionById(executionId);
    // The job may be a timer that the customer's node only waits for, at a gateway or its border;
    // failed is the node itself.
    if (execution != null && BusinessKey.isOne(execution.getProcessBusinessKey())) {
      visits
          .get()
          .failed(
              BusinessKey.participation(execution.getProcessBusinessKey()),
              Objects.requireNonNullElse(execution.getActivityId(), activityId),
              failed);
    }
  }
}
