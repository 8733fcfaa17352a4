package io.waymark.engine.step;

import io.waymark.advisor.TaskRouting;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import java.util.Set;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;

/** Escalates an overdue task (任务升级) to the leader of the branch's advisors. */
@Component
class EscalateTask extends StepForOne {

  private final TaskRouting routing;

  EscalateTask(JourneyTransactions transactions, TaskRouting routing) {
    super(new StepSettings("escalateTask", Set.of("task"), Set.of()), transactions);
    this.routing = routing;
  }

  @Override
  void run(StepCall call) {
    // Not by the task service, which lets nobody change who may see a task.
    Context.getCommandContext()
        .getTaskManager()
        .findTasksByProcessInstanceId(call.execution().getProcessInstanceId())
        .stream()
        .filter(task -> task.getTaskDefinitionKey().equals(call.setting("task")))
        .forEach(task -> routing.escalate(task.getId()).ifPresent(task::addCandidateUser));
  }
}
