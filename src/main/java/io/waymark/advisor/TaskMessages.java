package io.waymark.advisor;

import io.waymark.contact.ContactRequest;
import io.waymark.contact.MessageSender;
import io.waymark.contact.SendResult;
import io.waymark.customer.CustomerLocks;
import io.waymark.evidence.EvidenceKind;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets the holder of a task send the customer what the drawing names for this step, and nothing
 * else; every word goes through the same gate as a message of the journey, once for each task.
 */
@Component
public class TaskMessages {

  /** Between an ordinary step and what a person asks for while the customer listens. */
  private static final int PRIORITY = 60;

  private final TaskTable tasks;
  private final TaskRefusals refusals;
  // Asked for late: whoever only routes tasks needs no gate.
  private final ObjectProvider<MessageSender> sender;
  private final CustomerLocks locks;
  private final TaskEvidence evidence;
  private final Clock clock;

  TaskMessages(
      TaskTable tasks,
      TaskRefusals refusals,
      ObjectProvider<MessageSender> sender,
      CustomerLocks locks,
      TaskEvidence evidence,
      Clock clock) {
    this.tasks = tasks;
    this.refusals = refusals;
    this.sender = sender;
    this.locks = locks;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Asks the gate to send a text; the answer is final for this task and text.
   *
   * @param template one of the task's materials
   * @throws TaskRefusedException when the text is not among the task's materials, or the actor may
   *     not act on the task
   */
  @Transactional
  public SendResult send(String taskId, String template, String actor) {
    AdvisorTask task = tasks.get(taskId);
    if (!task.material().materials().contains(template)) {
      throw new TaskRefusedException("material", "这份材料不属于此任务,请从任务页列出的材料中选择。");
    }
    locks.lock(List.of(task.customerId()));
    if (!tasks.lockHeld(taskId, actor, clock.instant())) {
      throw refusals.complete(taskId, actor, clock.instant());
    }
    SendResult result =
        sender
            .getObject()
            .send(
                List.of(
                    new ContactRequest(
                        task.customerId(),
                        task.branch(),
                        task.participationId(),
                        task.journeyKey(),
                        task.node() + ":" + template,
                        tasks.visit(task),
                        template,
                        null,
                        PRIORITY,
                        Map.of())))
            .get(0);
    evidence.append(task, EvidenceKind.TASK_ASSIGNED, actor, "material_" + word(result));
    return result;
  }

  private static String word(SendResult result) {
    return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
