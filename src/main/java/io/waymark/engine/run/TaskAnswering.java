package io.waymark.engine.run;

import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.TaskOutcomes;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.WorkList;
import io.waymark.advisor.form.TaskField;
import io.waymark.advisor.form.TaskForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds claims and answers to the advisor's rules, whatever door they come by: the console,
 * Tasklist or REST all end in these events of the engine.
 */
@Component
class TaskAnswering implements TaskListener {

  /** Variable that holds the code of an advisor's answer. */
  static final String OUTCOME = "outcome";

  /** What an advisor wrote; kept sealed with the task, never as a variable. */
  static final String NOTE = "note";

  private final TaskRouting routing;
  private final TaskOutcomes outcomes;
  private final WorkList workList;
  private final TaskForms forms;
  private final JourneyTransactions transactions;

  TaskAnswering(
      TaskRouting routing,
      TaskOutcomes outcomes,
      WorkList workList,
      TaskForms forms,
      JourneyTransactions transactions) {
    this.routing = routing;
    this.outcomes = outcomes;
    this.workList = workList;
    this.forms = forms;
    this.transactions = transactions;
  }

  @Override
  public void notify(DelegateTask task) {
    switch (task.getEventName()) {
      case EVENTNAME_ASSIGNMENT -> assigned(task);
      case EVENTNAME_COMPLETE -> {
        lockCustomer(task);
        completed(task);
      }
      default -> {
        lockCustomer(task);
        outcomes.cancel(task.getId(), "journey_left");
      }
    }
  }

  private void lockCustomer(DelegateTask task) {
    transactions.participation(BusinessKey.participation(task.getExecution()));
  }

  private void assigned(DelegateTask task) {
    Optional<AdvisorTask> known = workList.find(task.getId());
    String assignee = task.getAssignee();
    if (known.isEmpty() || Objects.equals(known.get().assignee(), assignee)) {
      // The work list itself said so. It holds the task's row by now, so waiting here for the
      // customer could end in a deadlock with an event that takes the task back.
      return;
    }
    lockCustomer(task);
    if (assignee == null) {
      throw new TaskRefusedException("release_refused", "任务不能退回公共池,请转交给其他投顾。");
    }
    String actor = actor();
    if (actor.equals(assignee)) {
      routing.claim(task.getId(), actor);
    } else {
      routing.handOver(task.getId(), assignee, actor);
    }
  }

  private void completed(DelegateTask task) {
    Object outcome = task.getVariable(OUTCOME);
    if (!(outcome instanceof String code) || code.isBlank()) {
      throw new TaskRefusedException("outcome_missing", "请选择处理结果后再完成任务。");
    }
    String note = note(task);
    TaskForm form = forms.of((TaskEntity) task, Context.getCommandContext());
    form.check(code, note);
    outcomes.complete(task.getId(), code, actor(), note, form.answers(further(task)));
  }

  /** Taken out of the variables, as the note is: no column of the engine keeps what was said. */
  private static Map<String, Object> further(DelegateTask task) {
    Map<String, Object> given = new HashMap<>();
    for (String name : List.copyOf(task.getVariableNames())) {
      if (name.startsWith(TaskField.PREFIX)) {
        given.put(name, task.getVariable(name));
        task.removeVariable(name);
        task.getExecution().removeVariable(name);
      }
    }
    return given;
  }

  private static @Nullable String note(DelegateTask task) {
    Object note = task.getVariable(NOTE);
    task.removeVariable(NOTE);
    task.getExecution().removeVariable(NOTE);
    return note == null || note.toString().isBlank() ? null : note.toString();
  }

  private static String actor() {
    Authentication authentication = Context.getCommandContext().getAuthentication();
    if (authentication == null || authentication.getUserId() == null) {
      throw new TaskRefusedException("actor_unknown", "请先登录再处理任务。");
    }
    return authentication.getUserId();
  }
}
