package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** A step that is done for each customer by itself. */
abstract non-sealed class StepForOne extends Step implements JavaDelegate {

  private final JourneyTransactions transactions;

  StepForOne(StepSettings settings, JourneyTransactions transactions) {
    super(settings);
    this.transactions = transactions;
  }

  @Override
  public final void execute(DelegateExecution execution) {
    run(new StepCall(execution, transactions));
  }

  abstract void run(StepCall call);
}
