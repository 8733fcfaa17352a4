package io.waymark.advisor;

import io.waymark.evidence.EvidenceKind;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Calls the customer wants later. The task rests until then and comes back on top of the list; its
 * time is extended to {@link #GRACE} after the agreed moment where that is later. At most {@link
 * #MOST} times, and no further than {@link #FURTHEST} away, so that nobody puts off a task for
 * ever.
 */
@Component
public class CallBacks {

  /** How often one task may be put off. */
  public static final int MOST = 3;

  /** How far away an agreed call may be. */
  public static final Duration FURTHEST = Duration.ofDays(14);

  /** Working time after the agreed moment until the task is overdue. */
  public static final Duration GRACE = Duration.ofHours(2);

  private final TaskTable tasks;
  private final TaskRefusals refusals;
  private final ExchangeCalendar calendar;
  private final TaskEvidence evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  CallBacks(
      TaskTable tasks,
      TaskRefusals refusals,
      ExchangeCalendar calendar,
      TaskEvidence evidence,
      ApplicationEventPublisher events,
      Clock clock) {
    this.tasks = tasks;
    this.refusals = refusals;
    this.calendar = calendar;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Agrees on a call.
   *
   * @param at within working hours, in the future
   * @throws TaskRefusedException when the moment is not possible, the task was put off often enough
   *     or the actor may not act on it
   */
  @Transactional
  public AdvisorTask agree(String taskId, Instant at, String actor) {
    Instant now = clock.instant();
    if (!at.isAfter(now) || at.isAfter(now.plus(FURTHEST))) {
      throw new TaskRefusedException(
          "call_back", "请选择从现在起 %d 天以内的时间。".formatted(FURTHEST.toDays()));
    }
    if (!calendar.workResumesAt(at).equals(at)) {
      throw new TaskRefusedException("call_back", "约定的时间不在工作时间内(工作日 9:00–11:30、13:00–17:30),请另选。");
    }
    if (!tasks.lockHeld(taskId, actor, now)) {
      throw refusals.complete(taskId, actor, now);
    }
    if (!tasks.callBack(taskId, at, calendar.plusWorkingTime(at, GRACE), MOST)) {
      throw new TaskRefusedException("call_back", "此任务已约定过 %d 次,请直接办结,或转交、退回。".formatted(MOST));
    }
    AdvisorTask task = tasks.get(taskId);
    evidence.append(task, EvidenceKind.TASK_ASSIGNED, actor, "call_back");
    events.publishEvent(new TaskPutOff(taskId, at, task.dueAt()));
    return task;
  }
}
