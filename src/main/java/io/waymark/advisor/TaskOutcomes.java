package io.waymark.advisor;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.ErasedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Closes tasks: with an outcome by a person, or without one when the journey takes it back. */
@Component
public class TaskOutcomes {

  private static final int LONGEST_NOTE = 2000;

  private final TaskTable tasks;
  private final TaskRefusals refusals;
  private final TaskEvidence evidence;
  private final CustomerEvents events;
  private final CustomerVault vault;
  private final KeptAnswers kept;
  private final Clock clock;

  TaskOutcomes(
      TaskTable tasks,
      TaskRefusals refusals,
      TaskEvidence evidence,
      CustomerEvents events,
      CustomerVault vault,
      KeptAnswers kept,
      Clock clock) {
    this.tasks = tasks;
    this.refusals = refusals;
    this.evidence = evidence;
    this.events = events;
    this.vault = vault;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Completes a task, proves it and tells the customer's history by event {@code
   * advisor.task_completed} (properties {@code taskId}, {@code outcome}, {@code journey}, {@code
   * node}, {@code participationId}). The holder may do this while licensed and qualified, and any
   * team leader of the branch; a task in the pool must be claimed first.
   *
   * @param note what the advisor wrote about the talk; sealed with the customer's key
   * @throws TaskRefusedException when the outcome is not among the allowed, the person may not, the
   *     task is not open, or the note is too long
   */
  @Transactional
  public void complete(String taskId, String outcome, String actor, @Nullable String note) {
    complete(taskId, outcome, actor, note, TaskAnswers.NONE);
  }

  /**
   * As {@link #complete(String, String, String, String)}, with what the task's form asked beyond
   * outcome and note: facts go to the evidence, own words stay sealed beside the task.
   */
  @Transactional
  public void complete(
      String taskId, String outcome, String actor, @Nullable String note, TaskAnswers answers) {
    AdvisorTask task = tasks.find(taskId).orElseThrow(() -> TaskTable.unknown(taskId));
    if (!task.outcomes().contains(outcome)) {
      throw new TaskRefusedException(
          "outcome",
          "结果“%s”不在此任务可选结果之内,请选择:%s。"
              .formatted(outcome, String.join("、", new TreeSet<>(task.outcomes()))));
    }
    Instant now = clock.instant();
    if (!tasks.complete(taskId, outcome, actor, seal(task, note), now)) {
      throw refusals.complete(taskId, actor, now);
    }
    kept.keep(taskId, task.customerId(), answers);
    evidence.completed(tasks.get(taskId), actor, answers);
    events.record(List.of(completed(task, outcome, now)));
  }

  /**
   * Takes an open task back because the customer left the journey; a task that is not open is left
   * alone. The leaving itself is proved by the journey.
   *
   * @param reason code, e.g. {@code goal}
   */
  @Transactional
  public void cancel(String taskId, String reason) {
    tasks.cancel(taskId, reason, clock.instant());
  }

  private byte @Nullable [] seal(AdvisorTask task, @Nullable String note) {
    if (note == null || note.isBlank()) {
      return null;
    }
    if (note.length() > LONGEST_NOTE) {
      throw new TaskRefusedException("note", "备注最多 " + LONGEST_NOTE + " 字,请精简后再提交。");
    }
    try {
      return vault.seal(task.customerId(), note.strip());
    } catch (ErasedException erased) {
      throw new TaskRefusedException("erased", "该客户的个人信息已删除,不能再记录备注,请清空备注后提交。");
    }
  }

  private static InternalEvent completed(AdvisorTask task, String outcome, Instant now) {
    return new InternalEvent(
        "advisor",
        "task-" + task.taskId(),
        task.customerId(),
        task.branch(),
        "advisor.task_completed",
        now,
        Map.of(
            "taskId", task.taskId(),
            "outcome", outcome,
            "journey", task.journeyKey(),
            "node", task.node(),
            "participationId", task.participationId()));
  }
}
