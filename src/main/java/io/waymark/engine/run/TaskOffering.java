package io.waymark.engine.run;

import io.waymark.advisor.Assignment;
import io.waymark.advisor.TaskOffer;
import io.waymark.advisor.TaskRouting;
import io.waymark.engine.identity.EngineGroups;
import io.waymark.journey.Participation;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.stereotype.Component;

/** Routes a user task to an advisor in the transaction in which the journey reaches it. */
@Component
class TaskOffering implements TaskListener {

  private final JourneyTransactions transactions;
  private final TaskRouting routing;

  TaskOffering(JourneyTransactions transactions, TaskRouting routing) {
    this.transactions = transactions;
    this.routing = routing;
  }

  @Override
  public void notify(DelegateTask task) {
    Participation participation =
        transactions.participation(BusinessKey.participation(task.getExecution()));
    // An answer to an earlier task must not answer this one.
    task.getExecution().removeVariable(TaskAnswering.OUTCOME);
    Assignment assignment = routing.assign(offer(task, participation));
    task.setDueDate(Date.from(assignment.dueAt()));
    if (assignment.advisor() == null) {
      task.addCandidateGroup(EngineGroups.pool(participation.branch()));
    } else {
      task.setAssignee(assignment.advisor());
    }
  }

  private TaskOffer offer(DelegateTask task, Participation participation) {
    Map<String, String> settings =
        StepProperties.of(((ExecutionEntity) task.getExecution()).getActivity());
    return new TaskOffer(
        task.getId(),
        participation.customerId(),
        participation.branch(),
        participation.id(),
        participation.journeyKey(),
        task.getTaskDefinitionKey(),
        Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
        settings.get("qualification"),
        outcomes(settings),
        transactions.now().toInstant(),
        Integer.parseInt(settings.getOrDefault("dueWorkingHours", "8")));
  }

  private static Set<String> outcomes(Map<String, String> settings) {
    return Arrays.stream(settings.getOrDefault("outcomes", "").split(","))
        .map(String::strip)
        .filter(outcome -> !outcome.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
