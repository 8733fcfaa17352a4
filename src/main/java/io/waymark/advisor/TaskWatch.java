package io.waymark.advisor;

import io.waymark.platform.staff.StaffChanged;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Looks after open tasks every minute, on every node: reminds, escalates what is overdue, moves
 * what its holder cannot or may not do, and tries again what waits in a pool. Every task is a
 * transaction of its own, so that one that fails holds up no other.
 */
@Component
public class TaskWatch {

  private static final Logger log = LoggerFactory.getLogger(TaskWatch.class);
  private static final int BATCH = 500;
  private static final int MOST_BATCHES = 100;

  /** Whose licence or account ended, or who is away until a task is due. */
  private static final String CANNOT =
      """
      (not s.enabled or s.role <> 'advisor' or a.licence_until < :today)
      """;

  private static final String AWAY =
      """
      (a.absent_from is not null
       or a.username in (select y.username from advisor_absence y
                         where y.from_at <= :at and y.to_at > :at))
      and (exists (select 1 from advisor_absence x
                   where x.username = a.username and x.approved_by is not null
                     and x.withdrawn_by is null and x.from_at <= :at and x.to_at > :at
                     and x.to_at >= t.due_at)
       or a.absent_from <= :today
          and (a.absent_to is null
               or :today <= a.absent_to
                  and (a.absent_to + 1)::timestamp at time zone 'Asia/Shanghai' >= t.due_at))
      """;

  /** The inner {@code a} hides the outer one. */
  private static final String MAY_NOT =
      "not exists (" + Fitness.OF_BRANCH + Fitness.QUALIFIED + " and a.username = t.assignee)";

  /**
   * A task as it was when somebody looked; another node may have seen to it since.
   *
   * @param holder who held it, or null
   * @param reroute whether the routing table wants it to change hands when overdue
   */
  record Seen(String taskId, @Nullable String holder, boolean reroute) {}

  private final JdbcClient jdbc;
  private final TaskRouting routing;
  private final Clock clock;

  TaskWatch(JdbcClient jdbc, TaskRouting routing, Clock clock) {
    this.jdbc = jdbc;
    this.routing = routing;
    this.clock = clock;
  }

  /** One look at everything. */
  @Scheduled(fixedDelay = 60_000, initialDelay = 20_000)
  public void look() {
    Instant now = clock.instant();
    remind(now);
    relieve(now);
    overdue(now);
    waiting(now);
  }

  /** What a changed advisor may not do any more goes to others at once. */
  @TransactionalEventListener
  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  public void changed(AdvisorChanged change) {
    relieve(change.username(), clock.instant());
  }

  /** As {@link #changed(AdvisorChanged)}, for an account that was closed or took another role. */
  @TransactionalEventListener
  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  public void changed(StaffChanged change) {
    relieve(change.member().username(), clock.instant());
  }

  private void remind(Instant now) {
    jdbc.sql(
            """
            update advisor_task set reminded_at = :at
            where task_id in (
              select task_id from advisor_task
              where status = 'open' and reminded_at is null and remind_at <= :at
              order by remind_at limit 10000 for no key update skip locked)
            """)
        .param("at", TaskTable.at(now))
        .update();
  }

  private void relieve(Instant now) {
    moveOn(held(CANNOT, null, now), RoutingReason.REROUTED_UNFIT);
    moveOn(held(AWAY, null, now), RoutingReason.REROUTED_ABSENT);
  }

  private void relieve(String username, Instant now) {
    moveOn(held(MAY_NOT, username, now), RoutingReason.REROUTED_UNFIT);
    moveOn(held(AWAY, username, now), RoutingReason.REROUTED_ABSENT);
  }

  private void moveOn(List<Seen> tasks, RoutingReason why) {
    tasks.forEach(task -> attempt(task, () -> routing.reroute(task, why, true)));
  }

  /** Open tasks whose holder is in a condition, of one holder or of all. */
  private List<Seen> held(String condition, @Nullable String username, Instant now) {
    return jdbc.sql(
            """
            select t.task_id, t.assignee as holder, false as reroute
            from advisor a join staff s on s.username = a.username
            join advisor_task t on t.assignee = a.username and t.status = 'open'
            where (cast(:username as text) is null or a.username = :username) and %s
            order by t.due_at limit :limit
            """
                .formatted(condition))
        .param("username", username)
        .param("at", TaskTable.at(now))
        .param("today", Roster.today(now))
        .param("limit", BATCH)
        .query(Seen.class)
        .list();
  }

  /** Many batches: the first morning after a holiday brings more than one. */
  private void overdue(Instant now) {
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      List<Seen> tasks = overdueTasks(now);
      long escalated = tasks.stream().filter(this::escalated).count();
      if (tasks.size() < BATCH || escalated == 0) {
        return;
      }
    }
  }

  private boolean escalated(Seen task) {
    boolean done = attempt(task, () -> routing.escalateOverdue(task));
    if (task.reroute()) {
      attempt(task, () -> routing.reroute(task, RoutingReason.REROUTED_OVERDUE, false));
    }
    return done;
  }

  private List<Seen> overdueTasks(Instant now) {
    return jdbc.sql(
            """
            select task_id, assignee as holder, reroute_overdue as reroute from advisor_task
            where status = 'open' and escalated_at is null and due_at < :at
            order by due_at limit :limit
            """)
        .param("at", TaskTable.at(now))
        .param("limit", BATCH)
        .query(Seen.class)
        .list();
  }

  /** Those tried longest ago come first, so that a few hopeless ones do not hide the rest. */
  private void waiting(Instant now) {
    jdbc.sql(
            """
            select task_id, assignee as holder, false as reroute from advisor_task
            where status = 'open' and assignee is null and tried_at < :at
            order by tried_at nulls first, due_at limit :limit
            """)
        .param("at", TaskTable.at(now))
        .param("limit", BATCH)
        .query(Seen.class)
        .list()
        .forEach(
            task ->
                attempt(
                    task, () -> routing.reroute(task, RoutingReason.REROUTED_FROM_POOL, false)));
  }

  private static boolean attempt(Seen task, Runnable act) {
    try {
      act.run();
      return true;
    } catch (RuntimeException failed) {
      log.warn("Task {} could not be looked after now and will be again", task.taskId(), failed);
      return false;
    }
  }
}
