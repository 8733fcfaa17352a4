package io.waymark.engine.run;

import io.waymark.journey.Participation;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.EventBasedGatewayActivityBehavior;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.springframework.stereotype.Component;

/** Notes each node a token comes to and leaves; the rows are written once, at commit. */
@Component
class NodeRecorder implements ExecutionListener {

  private final JourneyTransactions transactions;

  NodeRecorder(JourneyTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Participation participation = transactions.participation(BusinessKey.participation(execution));
    String node = execution.getCurrentActivityId();
    switch (execution.getEventName()) {
      case EVENTNAME_START -> {
        gatewayBefore(((ExecutionEntity) execution).getActivity())
            .ifPresent(gateway -> transactions.current().wentOn(participation.id(), gateway));
        transactions.current().entered(participation, node, transactions.now());
      }
      case EVENTNAME_TAKE -> left(participation, node, "done");
      default -> ended(execution, participation, node);
    }
  }

  /** The engine cancels a gateway whose event has come; for people it is the way on. */
  private static Optional<String> gatewayBefore(ActivityImpl activity) {
    return activity.getEventScope() instanceof ActivityImpl gateway
            && gateway.getActivityBehavior() instanceof EventBasedGatewayActivityBehavior
        ? Optional.of(gateway.getId())
        : Optional.empty();
  }

  /** A token that goes on in a job of its own still stands here until that job takes the flow. */
  private void ended(DelegateExecution execution, Participation participation, String node) {
    if (execution.isCanceled()) {
      left(participation, node, "interrupted");
    } else if (!goesOnLater(((ExecutionEntity) execution).getActivity())) {
      left(participation, node, "done");
    }
  }

  static boolean goesOnLater(ActivityImpl activity) {
    return activity.isAsyncAfter() && !activity.getOutgoingTransitions().isEmpty();
  }

  private void left(Participation participation, String node, String outcome) {
    transactions.current().left(participation.id(), node, transactions.now(), outcome);
  }
}
