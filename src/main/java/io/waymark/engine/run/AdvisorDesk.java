package io.waymark.engine.run;

import io.waymark.advisor.TaskReassigned;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.engine.identity.RefusedByRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
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

  AdvisorDesk(TaskService tasks, IdentityService identity, EngineCommands commands) {
    this.tasks = tasks;
    this.identity = identity;
    this.commands = commands;
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
    Map<String, Object> answer = new HashMap<>();
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

  @EventListener
  void reassigned(TaskReassigned reassigned) {
    commands.unhindered(() -> tasks.setAssignee(reassigned.taskId(), reassigned.advisor()));
  }
}
