package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.journey.NodeVisits.Place;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.impl.bpmn.behavior.FlowNodeActivityBehavior;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.delegate.SignallableActivityBehavior;
import org.jspecify.annotations.Nullable;

/**
 * A step that asks the database the same for one customer and for many. In a batch the customers
 * wait for each other on it ({@link StepsTogether}); anywhere else it is done at once.
 *
 * @param <A> what is found out about one customer
 */
abstract non-sealed class StepForMany<A> extends Step
    implements SignallableActivityBehavior, StepsTogether.ForMany {

  private final JourneyTransactions transactions;
  private final StepsTogether together;

  StepForMany(StepSettings settings, JourneyTransactions transactions, StepsTogether together) {
    super(settings);
    this.transactions = transactions;
    this.together = together;
  }

  /** Finds out about all of them, in their order, by a constant number of statements. */
  abstract List<A> ask(List<StepCall> calls);

  /**
   * Lets one customer go on with what was found out.
   *
   * @throws org.camunda.bpm.engine.delegate.BpmnError when the way goes on at a boundary event
   */
  abstract void conclude(StepCall call, A answer);

  @Override
  public final void execute(ActivityExecution execution) {
    if (together.gathers()) {
      together.keep(this, execution);
    } else {
      goOn(execution, answers(List.of(execution)).get(0));
    }
  }

  @Override
  public final List<A> answers(List<? extends ActivityExecution> executions) {
    if (executions.isEmpty()) {
      return List.of();
    }
    List<StepCall> calls = executions.stream().map(one -> new StepCall(one, transactions)).toList();
    transactions.countVisits(
        calls.stream().map(call -> new Place(call.participation().id(), call.node())).toList());
    return ask(calls);
  }

  @Override
  public final void signal(
      ActivityExecution execution, @Nullable String name, @Nullable Object answer) {
    @SuppressWarnings("unchecked") // Only StepsTogether signals, with what answers() gave it.
    A own = (A) Objects.requireNonNull(answer, "a step goes on with its own answer only");
    goOn(execution, own);
  }

  private void goOn(ActivityExecution execution, A answer) {
    conclude(new StepCall(execution, transactions), answer);
    ((FlowNodeActivityBehavior) ((ExecutionEntity) execution).getActivity().getActivityBehavior())
        .leave(execution);
  }
}
