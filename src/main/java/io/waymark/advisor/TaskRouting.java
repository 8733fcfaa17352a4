package io.waymark.advisor;

import io.waymark.advisor.Choosing.Choice;
import io.waymark.advisor.Choosing.Question;
import io.waymark.evidence.EvidenceKind;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has a task: chosen when the journey reaches it, as the routing table in force orders, and
 * changed when people claim it, hand it over or refuse it. Only enabled, licensed and present
 * advisors who have what the task asks for are given anything.
 */
@Component
public class TaskRouting {

  private final TaskTable tasks;
  private final TaskRefusals refusals;
  private final Roster roster;
  private final CampaignGiving giving;
  private final PolicyDocuments policies;
  private final RoutingPolicyKind kind;
  private final ExchangeCalendar calendar;
  private final TaskEvidence evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  TaskRouting(
      TaskTable tasks,
      TaskRefusals refusals,
      Roster roster,
      CampaignGiving giving,
      PolicyDocuments policies,
      RoutingPolicyKind kind,
      ExchangeCalendar calendar,
      TaskEvidence evidence,
      ApplicationEventPublisher events,
      Clock clock) {
    this.tasks = tasks;
    this.refusals = refusals;
    this.roster = roster;
    this.giving = giving;
    this.policies = policies;
    this.kind = kind;
    this.calendar = calendar;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Stores the task and gives it to somebody or to the pool, in the caller's transaction. A task
   * already stored keeps its first answer.
   *
   * @throws io.waymark.platform.calendar.CalendarUnknownException when the due time falls into a
   *     year whose calendar is not published
   */
  @Transactional
  public Assignment assign(TaskOffer offer) {
    return assignAll(List.of(offer)).get(0);
  }

  /**
   * As {@link #assign} one after the other, by as many statements as for one.
   *
   * @return one answer for each task, in their order
   */
  @Transactional
  public List<Assignment> assignAll(List<TaskOffer> offers) {
    Map<String, AdvisorTask> known = new HashMap<>();
    tasks
        .findAll(offers.stream().map(TaskOffer::taskId).toList())
        .forEach(task -> known.put(task.taskId(), task));
    List<TaskOffer> fresh =
        offers.stream().filter(offer -> !known.containsKey(offer.taskId())).toList();
    if (!fresh.isEmpty()) {
      List<AdvisorTask> stored = tasks.insert(placed(fresh));
      evidence.assigned(stored);
      stored.forEach(task -> known.put(task.taskId(), task));
    }
    return offers.stream().map(offer -> assignment(known.get(offer.taskId()))).toList();
  }

  private static Assignment assignment(@Nullable AdvisorTask task) {
    Objects.requireNonNull(task, "stored or known by now");
    return new Assignment(task.assignee(), task.reason().message(), task.dueAt());
  }

  private List<TaskTable.Placed> placed(List<TaskOffer> offers) {
    Map<Long, Roster.Cared> cared =
        roster.cared(offers.stream().map(TaskOffer::customerId).distinct().toList());
    List<TaskTable.Terms> terms =
        offers.stream()
            .map(offer -> terms(offer, Objects.requireNonNull(cared.get(offer.customerId()))))
            .toList();
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < offers.size(); i++) {
      TaskOffer offer = offers.get(i);
      questions.add(
          new Question(
              offer.branch(),
              offer.qualification(),
              offer.needs(),
              Objects.requireNonNull(cared.get(offer.customerId())).advisor(),
              List.of(),
              terms.get(i).rule().ownFirst()));
    }
    Instant now = offers.stream().map(TaskOffer::createdAt).max(Comparator.naturalOrder()).get();
    List<Choice> choices = giving.choose(offers, questions, now);
    return IntStream.range(0, offers.size())
        .mapToObj(
            i ->
                new TaskTable.Placed(
                    offers.get(i), choices.get(i).advisor(), choices.get(i).reason(), terms.get(i)))
        .toList();
  }

  static RoutingRule rule(PolicyInForce<RoutingTable> table, TaskNeeds needs, Roster.Cared cared) {
    String tier = Objects.requireNonNullElse(cared.tier(), "");
    return table.value().rule(needs.kind(), tier, needs.urgency());
  }

  private TaskTable.Terms terms(TaskOffer offer, Roster.Cared cared) {
    PolicyInForce<RoutingTable> table = policies.active(kind, offer.createdAt());
    RoutingRule rule = rule(table, offer.needs(), cared);
    Duration time = Duration.ofHours(Math.min(offer.dueWorkingHours(), rule.slaHours()));
    Duration first = time.multipliedBy(rule.remindPercent()).dividedBy(100);
    return new TaskTable.Terms(
        rule,
        table.version(),
        calendar.plusWorkingTime(offer.createdAt(), time),
        calendar.plusWorkingTime(offer.createdAt(), first));
  }

  /**
   * Tells a team leader that an open task is overdue; the holder keeps it, and the leader may
   * complete it or hand it over. A task that is no longer open is left alone. Who it is follows the
   * routing table: the branch's leader, or head office's where the table says so or nobody leads
   * the branch.
   *
   * @return user name of the leader; empty when the task is not open or nobody leads
   */
  @Transactional
  public Optional<String> escalate(String taskId) {
    Optional<AdvisorTask> open = tasks.lockOpen(taskId);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    AdvisorTask task = open.get();
    Instant now = clock.instant();
    if (task.resting(now) && !task.overdue(now)) {
      // The customer asked for a later call; the watch escalates when that was missed.
      return Optional.empty();
    }
    Optional<String> leader =
        roster.leader(task.branch(), task.assignee(), task.course().headOffice(), now);
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
    AdvisorTask task = tasks.get(taskId);
    requirePlace(task, actor, now);
    moved(task, actor, RoutingReason.CLAIMED.code());
  }

  /** Hands over without naming a reason, as Tasklist and REST do. */
  @Transactional
  public void handOver(String taskId, String toUsername, String actor) {
    pass(taskId, toUsername, actor, null);
  }

  /**
   * Gives an open task to another advisor who may do it. Holder and team leaders of the branch may
   * do this.
   *
   * @throws TaskRefusedException when the task is not open, or either person may not do it
   */
  @Transactional
  public void handOver(String taskId, String toUsername, String actor, MoveReason why) {
    pass(taskId, toUsername, actor, why);
  }

  private void pass(String taskId, String toUsername, String actor, @Nullable MoveReason why) {
    Instant now = clock.instant();
    if (!tasks.handOver(taskId, toUsername, actor, why, now)) {
      throw refusals.handOver(taskId, toUsername, actor, now);
    }
    AdvisorTask task = tasks.get(taskId);
    requirePlace(task, toUsername, now);
    moved(task, actor, RoutingReason.HANDED_OVER.code());
  }

  /** The statement before has given the task away; without a place it is rolled back. */
  private void requirePlace(AdvisorTask task, String advisor, Instant now) {
    if (!giving.take(task, advisor, now)) {
      throw new TaskRefusedException(
          "campaign_cap", "投顾 " + advisor + " 今天在这个活动的名额已满,请明天再转,或转给还有名额的同事。");
    }
  }

  /**
   * The holder gives a task back; it goes to somebody else who did not refuse it, or to the pool,
   * and a team leader is told when nobody is left.
   *
   * @return user name of the new holder, or empty when it waits in the pool
   * @throws TaskRefusedException when the actor does not hold the task or it is not open
   */
  @Transactional
  public Optional<String> refuse(String taskId, String actor, MoveReason why) {
    if (!tasks.refuse(taskId, actor, why)) {
      throw refusals.refuse(taskId, actor);
    }
    AdvisorTask task = tasks.get(taskId);
    evidence.append(task, EvidenceKind.TASK_ASSIGNED, actor, "refused");
    Optional<String> next = give(task, RoutingReason.REROUTED_REFUSED);
    if (next.isEmpty()) {
      events.publishEvent(new TaskReassigned(taskId, null, task.branch(), task.needs().anywhere()));
      escalateToLeader(taskId);
    }
    return next;
  }

  /**
   * Gives an open task to somebody else, because its holder cannot do it in time or nobody has held
   * it. A task that others are changing at this moment, or have given away since it was seen, is
   * left for the next look.
   *
   * @param orPool whether it leaves its holder even when nobody else is found
   * @return whether it changed hands
   */
  @Transactional
  boolean reroute(TaskWatch.Seen seen, RoutingReason why, boolean orPool) {
    String taskId = seen.taskId();
    Optional<AdvisorTask> open =
        tasks.lockOpenNow(taskId).filter(task -> Objects.equals(task.assignee(), seen.holder()));
    if (open.isEmpty()) {
      return false;
    }
    AdvisorTask task = open.get();
    if (give(task, why).isPresent()) {
      return true;
    }
    Instant now = clock.instant();
    if (task.assignee() == null || !orPool) {
      tasks.tried(taskId, now);
      return false;
    }
    tasks.moved(taskId, null, RoutingReason.POOL, now);
    moved(tasks.get(taskId), "system", why.code());
    return true;
  }

  /** Tells the leader of a task that was overdue when it was seen, unless somebody did already. */
  @Transactional
  void escalateOverdue(TaskWatch.Seen seen) {
    if (tasks.lockOpenNow(seen.taskId()).filter(task -> task.escalatedAt() == null).isPresent()) {
      escalateToLeader(seen.taskId());
    }
  }

  /** Tells the leader from outside the engine, which then shows the leader the task. */
  private void escalateToLeader(String taskId) {
    escalate(taskId).ifPresent(leader -> events.publishEvent(new TaskEscalated(taskId, leader)));
  }

  private Optional<String> give(AdvisorTask task, RoutingReason why) {
    Instant now = clock.instant();
    List<String> not = new ArrayList<>(task.course().refusedBy());
    String holder = task.assignee();
    if (holder != null) {
      not.add(holder);
    }
    Roster.Cared cared =
        Objects.requireNonNull(roster.cared(List.of(task.customerId())).get(task.customerId()));
    boolean ownFirst = rule(policies.active(kind, now), task.needs(), cared).ownFirst();
    Choice choice =
        giving.chooseAgain(
            task,
            new Question(
                task.branch(), task.qualification(), task.needs(), cared.advisor(), not, ownFirst),
            now);
    String next = choice.advisor();
    if (next == null || !giving.take(task, next, now)) {
      return Optional.empty();
    }
    tasks.moved(task.taskId(), next, why, now);
    moved(tasks.get(task.taskId()), "system", why.code());
    return Optional.of(next);
  }

  private void moved(AdvisorTask task, String actor, String reason) {
    evidence.append(task, EvidenceKind.TASK_ASSIGNED, actor, reason);
    events.publishEvent(
        new TaskReassigned(task.taskId(), task.assignee(), task.branch(), task.needs().anywhere()));
  }
}
