package io.waymark.advisor;

import io.waymark.advisor.Roster.Candidate;
import io.waymark.evidence.EvidenceKind;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides who gets a task: the customer's own advisor, else the colleague of the branch with the
 * smallest share of the day's capacity used, else the branch's pool. Only enabled, licensed and
 * present advisors with the qualification and with room are considered.
 */
@Component
public class TaskRouting {

  private final TaskTable tasks;
  private final TaskRefusals refusals;
  private final Roster roster;
  private final ExchangeCalendar calendar;
  private final TaskEvidence evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  TaskRouting(
      TaskTable tasks,
      TaskRefusals refusals,
      Roster roster,
      ExchangeCalendar calendar,
      TaskEvidence evidence,
      ApplicationEventPublisher events,
      Clock clock) {
    this.tasks = tasks;
    this.refusals = refusals;
    this.roster = roster;
    this.calendar = calendar;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  private record Choice(@Nullable String advisor, RoutingReason reason) {}

  /**
   * Stores the task and gives it to somebody or to the pool, in the caller's transaction. A task
   * already stored keeps its first answer.
   *
   * @throws io.waymark.platform.calendar.CalendarUnknownException when the due time falls into a
   *     year whose calendar is not published
   */
  @Transactional
  public Assignment assign(TaskOffer offer) {
    Optional<AdvisorTask> known = tasks.find(offer.taskId());
    if (known.isPresent()) {
      AdvisorTask task = known.get();
      return new Assignment(task.assignee(), task.reason().message(), task.dueAt());
    }
    Instant dueAt =
        calendar.plusWorkingTime(offer.createdAt(), Duration.ofHours(offer.dueWorkingHours()));
    Choice choice = choose(offer);
    AdvisorTask task = tasks.insert(offer, choice.advisor(), choice.reason(), dueAt);
    evidence.append(task, EvidenceKind.TASK_ASSIGNED, "system", choice.reason().code());
    return new Assignment(choice.advisor(), choice.reason().message(), dueAt);
  }

  /**
   * Tells the team leader that an open task is overdue; the holder keeps it, and the leader may
   * complete it or hand it over. A task that is no longer open is left alone.
   *
   * @return user name of the leader; empty when the task is not open or nobody leads the branch
   */
  @Transactional
  public Optional<String> escalate(String taskId) {
    Optional<AdvisorTask> open = tasks.lockOpen(taskId);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    AdvisorTask task = open.get();
    Instant now = clock.instant();
    Optional<String> leader = roster.leader(task.branch(), task.assignee(), now);
    tasks.escalated(taskId, leader.orElse(null), now);
    evidence.append(
        tasks.get(taskId),
        EvidenceKind.TASK_ASSIGNED,
        "system",
        leader.isPresent() ? "escalated" : "escalated_to_nobody");
    return leader;
  }

  /**
   * Takes a task out of the pool.
   *
   * @throws TaskRefusedException when somebody holds it, it is not open, or the person may not do
   *     it
   */
  @Transactional
  public void claim(String taskId, String actor) {
    Instant now = clock.instant();
    if (!tasks.claim(taskId, actor, now)) {
      throw refusals.claim(taskId, actor, now);
    }
    reassigned(taskId, actor, actor, RoutingReason.CLAIMED);
  }

  /**
   * Gives an open task to another advisor of the same branch who may do it. Holder and team leaders
   * of the branch may do this.
   *
   * @throws TaskRefusedException when the task is not open, or either person may not do it
   */
  @Transactional
  public void handOver(String taskId, String toUsername, String actor) {
    Instant now = clock.instant();
    if (!tasks.handOver(taskId, toUsername, actor, now)) {
      throw refusals.handOver(taskId, toUsername, actor, now);
    }
    reassigned(taskId, toUsername, actor, RoutingReason.HANDED_OVER);
  }

  private void reassigned(String taskId, String advisor, String actor, RoutingReason reason) {
    evidence.append(tasks.get(taskId), EvidenceKind.TASK_ASSIGNED, actor, reason.code());
    events.publishEvent(new TaskReassigned(taskId, advisor));
  }

  private Choice choose(TaskOffer offer) {
    List<Candidate> candidates =
        roster.of(offer.branch(), offer.qualification(), offer.createdAt());
    Optional<String> own = roster.ownAdvisor(offer.customerId());
    RoutingReason reason =
        own.map(name -> aboutOwn(name, candidates)).orElse(RoutingReason.NO_OWN_ADVISOR);
    if (reason == RoutingReason.OWN_ADVISOR) {
      roster.lockFirst(List.of(own.orElseThrow()));
      return new Choice(own.orElseThrow(), reason);
    }
    String colleague = leastLoaded(candidates, offer);
    return new Choice(colleague, colleague == null ? RoutingReason.POOL : reason);
  }

  private static RoutingReason aboutOwn(String own, List<Candidate> candidates) {
    Optional<Candidate> found =
        candidates.stream().filter(candidate -> candidate.username().equals(own)).findFirst();
    if (found.isEmpty()) {
      return RoutingReason.OWN_UNAVAILABLE;
    }
    Candidate advisor = found.get();
    if (!advisor.qualified()) {
      return RoutingReason.OWN_UNQUALIFIED;
    }
    if (!advisor.licensed()) {
      return RoutingReason.OWN_LICENCE_EXPIRED;
    }
    if (!advisor.present()) {
      return RoutingReason.OWN_ABSENT;
    }
    return advisor.full() ? RoutingReason.OWN_FULL : RoutingReason.OWN_ADVISOR;
  }

  private @Nullable String leastLoaded(List<Candidate> candidates, TaskOffer offer) {
    List<String> fit =
        new ArrayList<>(
            candidates.stream()
                .filter(Candidate::fit)
                .sorted(
                    Comparator.comparingDouble(Candidate::share)
                        .thenComparing(candidate -> spread(candidate, offer)))
                .map(Candidate::username)
                .toList());
    while (!fit.isEmpty()) {
      Optional<String> locked = roster.lockFirst(fit);
      if (locked.isEmpty() || roster.hasRoom(locked.get(), offer.createdAt())) {
        return locked.orElse(fit.get(0));
      }
      fit.remove(locked.get());
    }
    return null;
  }

  /** Parallel transactions see the same loads; the task's id keeps them from the same advisor. */
  private static int spread(Candidate candidate, TaskOffer offer) {
    return (candidate.username() + '\0' + offer.taskId()).hashCode();
  }
}
