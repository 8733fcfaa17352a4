package io.waymark.engine.step;

import io.waymark.engine.run.BusinessKey;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepProperties;
import io.waymark.journey.Participation;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/** A typed view of one customer standing on one step. */
final class StepCall {

  private final DelegateExecution execution;
  private final JourneyTransactions transactions;
  private final Participation participation;

  StepCall(DelegateExecution execution, JourneyTransactions transactions) {
    this.execution = execution;
    this.transactions = transactions;
    this.participation = transactions.participation(BusinessKey.participation(execution));
  }

  Participation participation() {
    return participation;
  }

  long customerId() {
    return participation.customerId();
  }

  String node() {
    return execution.getCurrentActivityId();
  }

  int visit() {
    return transactions.visit(participation.id(), node());
  }

  /** A setting the checks have made sure of. */
  String setting(String name) {
    return Objects.requireNonNull(
        StepProperties.of(execution).get(name), () -> "步骤 " + node() + " 缺少设置 " + name);
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(StepProperties.of(execution).get(name))
        .filter(value -> !value.isBlank());
  }

  @Nullable String variable(String name) {
    Object value = execution.getVariable(name);
    return value == null ? null : value.toString();
  }

  /** Sets a process variable; ids and codes only. */
  void set(String name, String code) {
    execution.setVariable(name, code);
  }

  /** Says why the customer will leave the journey. */
  void leaving(String reason, @Nullable String goal) {
    transactions.leaving(participation.id(), reason, goal);
  }

  /** Ends the step on its branch for withheld messages. */
  BpmnError withheld(String reason) {
    transactions.outcome(participation.id(), node(), "withheld");
    return new BpmnError("withheld", reason);
  }

  DelegateExecution execution() {
    return execution;
  }
}
