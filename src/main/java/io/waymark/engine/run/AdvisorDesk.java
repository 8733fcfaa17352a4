package io.waymark.engine.run;

import io.waymark.advisor.TaskReassigned;
import io.waymark.engine.identity.RefusedByRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The work list's way to the engine's tasks; the rules stand in {@link TaskAnswering}. */
@Component
public class AdvisorDesk {

  private final TaskService tasks;
  private final IdentityService identity;

  AdvisorDesk(TaskService tasks, IdentityService identity) {
    this.tasks = tasks;
    this.identity = identity;
  }

  /**
   * Completes a task with the advisor's answer, which moves the journey on.
   *
   * @param note what the advisor wrote, or null; kept sealed
   * @throws io.waymark.advisor.TaskRefusedException when the outcome or the person is not allowed
   */
  @Transactional
  public void complete(
      String taskId, String outcome, @Nullable String note, String actor, List<String> groups) {
    identity.setAuthentication(actor, groups);
    try {
      Map<String, Object> answer = new HashMap<>();
      answer.put(TaskAnswering.OUTCOME, outcome);
      if (note != null && !note.isBlank()) {
        answer.put(TaskAnswering.NOTE, note);
      }
      tasks.complete(taskId, answer);
    } catch (RefusedByRule refused) {
      throw refused.refusal();
    } finally {
      identity.clearAuthentication();
    }
  }

  @EventListener
  void reassigned(TaskReassigned reassigned) {
    tasks.setAssignee(reassigned.taskId(), reassigned.advisor());
  }
}
