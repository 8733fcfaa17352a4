package io.waymark.engine.run;

import io.waymark.journey.Participation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Ends the participation in the transaction in which its instance ends, however it ends. */
@Component
class LeaveRecorder implements ExecutionListener {

  private final JourneyTransactions transactions;

  LeaveRecorder(JourneyTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Participation participation = transactions.participation(BusinessKey.participation(execution));
    transactions
        .current()
        .ended(participation.id(), execution.isCanceled() ? "removed" : "completed");
  }
}
