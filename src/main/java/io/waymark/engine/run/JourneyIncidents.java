package io.waymark.engine.run;

import io.waymark.journey.NodeVisits;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.Incident;

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
    mark(context, true);
    return super.handleIncident(context, message);
  }

  @Override
  public void resolveIncident(IncidentContext context) {
    mark(context, false);
    super.resolveIncident(context);
  }

  @Override
  public void deleteIncident(IncidentContext context) {
    mark(context, false);
    super.deleteIncident(context);
  }

  private void mark(IncidentContext context, boolean failed) {
    if (context.getExecutionId() == null) {
      return;
    }
    ExecutionEntity execution =
        Context.getCommandContext()
            .getExecutionManager()
            .findExecutionById(context.getExecutionId());
    // The job may be a timer that the customer's node only waits for, at a gateway or its border;
    // failed is the node itself.
    if (execution != null
        && execution.getActivityId() != null
        && execution.getProcessBusinessKey() != null) {
      visits
          .get()
          .failed(
              BusinessKey.participation(execution.getProcessBusinessKey()),
              execution.getActivityId(),
              failed);
    }
  }
}
