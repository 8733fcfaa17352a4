package io.waymark.engine.run;

import io.waymark.advisor.Assignment;
import io.waymark.advisor.TaskMaterial;
import io.waymark.advisor.TaskNeeds;
import io.waymark.advisor.TaskOffer;
import io.waymark.advisor.TaskRouting;
import io.waymark.engine.identity.EngineGroups;
import io.waymark.journey.Participation;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Routes user tasks to advisors in the transaction in which journeys reach them: those of a batch
 * together, when all its customers stand.
 */
@Component
class TaskOffering implements TaskListener, StepsTogether.AtLast<TaskOffering.Reached> {

  private final JourneyTransactions transactions;
  private final TaskRouting routing;
  private final StepsTogether together;

  TaskOffering(JourneyTransactions transactions, TaskRouting routing, StepsTogether together) {
    this.transactions = transactions;
    this.routing = routing;
    this.together = together;
  }

  /** A task just reached; what the routing answers about it is still to be set. */
  record Reached(TaskEntity task, TaskOffer offer) {}

  @Override
  public void notify(DelegateTask task) {
    Participation participation =
        transactions.participation(BusinessKey.participation(task.getExecution()));
    // An answer to an earlier task must not answer this one.
    task.getExecution().removeVariable(TaskAnswering.OUTCOME);
    Reached reached = new Reached((TaskEntity) task, offer(task, participation));
    if (together.gathers()) {
      together.note(this, reached);
    } else {
      all(List.of(reached));
    }
  }

  @Override
  public void all(List<Reached> noted) {
    // Another token of the same instance may have taken the task away a moment ago.
    List<Reached> standing = noted.stream().filter(one -> !one.task().isDeleted()).toList();
    if (standing.isEmpty()) {
      return;
    }
    List<Assignment> assignments =
        routing.assignAll(standing.stream().map(Reached::offer).toList());
    for (int i = 0; i < assignments.size(); i++) {
      settle(standing.get(i), assignments.get(i));
    }
  }

  private static void settle(Reached reached, Assignment assignment) {
    TaskEntity task = reached.task();
    task.setDueDate(Date.from(assignment.dueAt()));
    if (assignment.advisor() == null) {
      EngineGroups.pools(reached.offer().branch(), reached.offer().needs().anywhere())
          .forEach(task::addCandidateGroup);
    } else {
      task.setAssignee(assignment.advisor());
    }
  }

  private TaskOffer offer(DelegateTask task, Participation participation) {
    Map<String, String> settings = settings(task);
    return new TaskOffer(
        task.getId(),
        participation.customerId(),
        participation.branch(),
        participation.id(),
        participation.journeyKey(),
        task.getTaskDefinitionKey(),
        Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
        settings.get("qualification"),
        Set.copyOf(codes(settings, "outcomes")),
        transactions.now().toInstant(),
        Integer.parseInt(settings.getOrDefault("dueWorkingHours", "8")),
        needs(task),
        new TaskMaterial(filled(settings, "talkTrack"), codes(settings, "materials")));
  }

  private static TaskNeeds needs(DelegateTask task) {
    Map<String, String> settings = settings(task);
    return new TaskNeeds(
        settings.getOrDefault("kind", TaskNeeds.ORDINARY.kind()),
        settings.getOrDefault("urgency", TaskNeeds.ORDINARY.urgency()),
        filled(settings, "skill"),
        filled(settings, "language"),
        filled(settings, "tier"),
        "any".equals(settings.get("branches")));
  }

  private static Map<String, String> settings(DelegateTask task) {
    return StepProperties.of(((ExecutionEntity) task.getExecution()).getActivity());
  }

  private static @Nullable String filled(Map<String, String> settings, String name) {
    String value = settings.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  private static List<String> codes(Map<String, String> settings, String name) {
    return Arrays.stream(settings.getOrDefault(name, "").split(","))
        .map(String::strip)
        .filter(code -> !code.isEmpty())
        .distinct()
        .toList();
  }
}
