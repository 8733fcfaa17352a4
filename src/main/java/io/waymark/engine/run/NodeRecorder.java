package io.waymark.engine.run;

import io.waymark.journey.Participation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
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
    if (execution.getEventName().equals(EVENTNAME_START)) {
      transactions.current().entered(participation, node, transactions.now());
    } else {
      transactions
          .current()
          .left(
              participation.id(),
              node,
              transactions.now(),
              execution.isCanceled() ? "interrupted" : "done");
    }
  }
}
