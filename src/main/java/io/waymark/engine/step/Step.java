package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * A step a marketer can draw. It may be rolled back after it ran and run again: whatever it does it
 * does in the engine's transaction, or claims first.
 */
public abstract class Step implements JavaDelegate {

  /** How a code is written that screens and evidence show. */
  static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,60}");

  private final StepSettings settings;
  private final JourneyTransactions transactions;

  Step(StepSettings settings, JourneyTransactions transactions) {
    this.settings = settings;
    this.transactions = transactions;
  }

  /** Name and settings, as the checks of a deployment know them. */
  public final StepSettings settings() {
    return settings;
  }

  @Override
  public final void execute(DelegateExecution execution) {
    run(new StepCall(execution, transactions));
  }

  abstract void run(StepCall call);
}
