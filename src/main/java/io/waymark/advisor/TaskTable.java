package io.waymark.advisor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code advisor_task}. Who may do what is part of the updating statement itself, so
 * that no door and no race goes round it; {@link TaskRefusals} tells why one touched no row.
 */
@Component
class TaskTable {

  static final String COLUMNS =
      """
      t.task_id, t.customer_id, t.branch, t.participation_id, t.journey_key, t.node, t.title,
      t.qualification, t.outcomes, t.status, t.assignee, t.reason, t.created_at, t.due_at,
      t.escalated_at, t.escalated_to, t.closed_at, t.closed_by, t.outcome, t.cancel_reason
      """;

  /** Enabled, of the task's branch and licensed on {@code :today}; {@code a} is the person. */
  private static final String OF_BRANCH =
      """
      select 1 from advisor a join staff s on s.username = a.username
      where s.enabled and a.branch = t.branch and a.licence_until >= :today
      """;

  private static final String QUALIFIED =
      " and (t.qualification is null or t.qualification = any(a.qualifications))";

  private final JdbcClient jdbc;

  TaskTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** That the person {@code :me} could claim a task of the pool. */
  static String claimable() {
    return "exists (" + OF_BRANCH + QUALIFIED + " and a.username = :me)";
  }

  AdvisorTask insert(
      TaskOffer offer, @Nullable String assignee, RoutingReason reason, Instant dueAt) {
    return jdbc.sql(
            """
            insert into advisor_task as t (task_id, customer_id, branch, participation_id, journey_key,
              node, title, qualification, outcomes, status, assignee, reason, created_at,
              assigned_at, due_at)
            values (:task, :customer, :branch, :participation, :journey, :node, :title,
              :qualification, :outcomes, 'open', :assignee, :reason, :created, :assigned, :due)
            returning
            """
                + COLUMNS)
        .param("task", offer.taskId())
        .param("customer", offer.customerId())
        .param("branch", offer.branch())
        .param("participation", offer.participationId())
        .param("journey", offer.journeyKey())
        .param("node", offer.node())
        .param("title", offer.title())
        .param("qualification", offer.qualification())
        .param("outcomes", offer.outcomes().stream().sorted().toArray(String[]::new))
        .param("assignee", assignee)
        .param("reason", reason.code())
        .param("created", at(offer.createdAt()))
        .param(
            "assigned",
            assignee == null ? null : at(offer.createdAt()),
            Types.TIMESTAMP_WITH_TIMEZONE)
        .param("due", at(dueAt))
        .query(TaskTable::read)
        .single();
  }

  Optional<AdvisorTask> find(String taskId) {
    return jdbc.sql("select " + COLUMNS + " from advisor_task t where t.task_id = ?")
        .param(taskId)
        .query(TaskTable::read)
        .optional();
  }

  AdvisorTask get(String taskId) {
    return find(taskId).orElseThrow(() -> unknown(taskId));
  }

  Optional<AdvisorTask> lockOpen(String taskId) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from advisor_task t where t.task_id = ? and t.status = 'open' for update")
        .param(taskId)
        .query(TaskTable::read)
        .optional();
  }

  void escalated(String taskId, @Nullable String leader, Instant now) {
    jdbc.sql(
            """
            update advisor_task set escalated_at = :now, escalated_to = :leader
            where task_id = :task and status = 'open'
            """)
        .param("task", taskId)
        .param("leader", leader)
        .param("now", at(now))
        .update();
  }

  boolean claim(String taskId, String actor, Instant now) {
    return jdbc.sql(
                """
                update advisor_task t
                set assignee = :me, assigned_at = :now, reason = 'claimed'
                where t.task_id = :task and t.status = 'open' and t.assignee is null and
                """
                    + claimable())
            .param("task", taskId)
            .param("me", actor)
            .param("now", at(now))
            .param("today", Roster.today(now))
            .update()
        == 1;
  }

  boolean handOver(String taskId, String to, String actor, Instant now) {
    return jdbc.sql(
                """
                update advisor_task t
                set assignee = :to, assigned_at = :now, reason = 'handed_over'
                where t.task_id = :task and t.status = 'open' and t.assignee is distinct from :to
                  and exists (%s and a.username = :actor and (a.leader or t.assignee = :actor))
                  and exists (%s %s and a.username = :to
                    and (a.absent_from is null or :today < a.absent_from
                         or coalesce(:today > a.absent_to, false)))
                """
                    .formatted(OF_BRANCH, OF_BRANCH, QUALIFIED))
            .param("task", taskId)
            .param("to", to)
            .param("actor", actor)
            .param("now", at(now))
            .param("today", Roster.today(now))
            .update()
        == 1;
  }

  boolean complete(
      String taskId, String outcome, String actor, byte @Nullable [] note, Instant now) {
    return jdbc.sql(
                """
                update advisor_task t
                set status = 'completed', outcome = :outcome, note = :note, closed_at = :now,
                  closed_by = :actor
                where t.task_id = :task and t.status = 'open' and :outcome = any(t.outcomes)
                  and (exists (%s and a.username = :actor and a.leader)
                       or t.assignee = :actor and exists (%s %s and a.username = :actor))
                """
                    .formatted(OF_BRANCH, OF_BRANCH, QUALIFIED))
            .param("task", taskId)
            .param("outcome", outcome)
            .param("note", note, Types.BINARY)
            .param("actor", actor)
            .param("now", at(now))
            .param("today", Roster.today(now))
            .update()
        == 1;
  }

  void cancel(String taskId, String reason, Instant now) {
    jdbc.sql(
            """
            update advisor_task set status = 'cancelled', cancel_reason = :reason, closed_at = :now
            where task_id = :task and status = 'open'
            """)
        .param("task", taskId)
        .param("reason", reason)
        .param("now", at(now))
        .update();
  }

  static TaskRefusedException unknown(String taskId) {
    return new TaskRefusedException("unknown", "没有编号为“" + taskId + "”的投顾任务,请刷新任务列表。");
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static AdvisorTask read(ResultSet row, int number) throws SQLException {
    return new AdvisorTask(
        row.getString("task_id"),
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getLong("participation_id"),
        row.getString("journey_key"),
        row.getString("node"),
        row.getString("title"),
        row.getString("qualification"),
        Set.of((String[]) row.getArray("outcomes").getArray()),
        TaskStatus.of(row.getString("status")),
        row.getString("assignee"),
        RoutingReason.of(row.getString("reason")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("due_at").toInstant(),
        instant(row, "escalated_at"),
        row.getString("escalated_to"),
        instant(row, "closed_at"),
        row.getString("closed_by"),
        row.getString("outcome"),
        row.getString("cancel_reason"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
