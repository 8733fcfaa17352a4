package io.waymark.engine.run;

import io.waymark.advisor.TaskEscalated;
import io.waymark.advisor.TaskPutOff;
import io.waymark.advisor.TaskReassigned;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.form.TaskForm;
import io.waymark.engine.identity.EngineGroups;
import io.waymark.engine.identity.RefusedByRule;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The work list's way to the engine's tasks; the rules stand in {@link TaskAnswering}. */
@Component
public class AdvisorDesk {

  private final TaskService tasks;
  private final IdentityService identity;
  private final EngineCommands commands;
  private final TaskForms forms;

  AdvisorDesk(
      TaskService tasks, IdentityService identity, EngineCommands commands, TaskForms forms) {
    this.tasks = tasks;
    this.identity = identity;
    this.commands = commands;
    this.forms = forms;
  }

  /**
   * Completes a task with the advisor's answer, which moves the journey on. Who may is decided by
   * the advisors' rules alone: the engine's own authorizations know no team leaders.
   *
   * @param note what the advisor wrote, or null; kept sealed
   * @throws TaskRefusedException when the outcome or the person is not allowed, or the task is gone
   */
  @Transactional
  public void complete(
      String taskId, String outcome, @Nullable String note, String actor, List<String> groups) {
    complete(taskId, outcome, note, Map.of(), actor, groups);
  }

  /**
   * As {@link #complete(String, String, String, String, List)}, with the further answers of the
   * task's form.
   *
   * @param further by key, each beginning with {@code answer_}
   */
  @Transactional
  public void complete(
      String taskId,
      String outcome,
      @Nullable String note,
      Map<String, String> further,
      String actor,
      List<String> groups) {
    Map<String, Object> answer = new HashMap<>(further);
    answer.put(TaskAnswering.OUTCOME, outcome);
    if (note != null && !note.isBlank()) {
      answer.put(TaskAnswering.NOTE, note);
    }
    identity.setAuthentication(actor, groups);
    try {
      commands.unhindered(() -> tasks.complete(taskId, answer));
    } catch (RefusedByRule refused) {
      throw refused.refusal();
    } catch (NullValueException gone) {
      throw new TaskRefusedException("not_open", "该任务已不在待办中,请刷新任务列表。");
    } finally {
      identity.clearAuthentication();
    }
  }

  /** The form of an open task; {@link TaskForm#NONE} when it has none or is not open any more. */
  public TaskForm form(String taskId) {
    AtomicReference<TaskForm> form = new AtomicReference<>(TaskForm.NONE);
    commands.unhindered(
        () ->
            task(taskId).ifPresent(task -> form.set(forms.of(task, Context.getCommandContext()))));
    return form.get();
  }

  @EventListener
  void reassigned(TaskReassigned reassigned) {
    commands.unhindered(
        () -> {
          tasks.setAssignee(reassigned.taskId(), reassigned.advisor());
          task(reassigned.taskId())
              .ifPresent(
                  task -> {
                    if (reassigned.advisor() == null) {
                      EngineGroups.pools(reassigned.branch(), reassigned.anywhere())
                          .forEach(task::addCandidateGroup);
                    } else {
                      EngineGroups.pools(reassigned.branch(), reassigned.anywhere())
                          .forEach(task::deleteCandidateGroup);
                    }
                  });
        });
  }

  /** Not by the task service, which lets nobody change who may see a task. */
  @EventListener
  void escalated(TaskEscalated escalated) {
    commands.unhindered(
        () ->
            task(escalated.taskId()).ifPresent(task -> task.addCandidateUser(escalated.leader())));
  }

  @EventListener
  void putOff(TaskPutOff putOff) {
    commands.unhindered(
        () ->
            task(putOff.taskId())
                .ifPresent(
                    task -> {
                      task.setDueDate(Date.from(putOff.dueAt()));
                      task.setFollowUpDate(Date.from(putOff.until()));
                    }));
  }

  private static Optional<TaskEntity> task(String taskId) {
    return Optional.ofNullable(Context.getCommandContext().getTaskManager().findTaskById(taskId));
  }
}
