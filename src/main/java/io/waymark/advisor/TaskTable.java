package io.waymark.advisor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
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
      t.escalated_at, t.escalated_to, t.closed_at, t.closed_by, t.outcome, t.cancel_reason,
      t.kind, t.urgency, t.skill, t.language, t.tier, t.anywhere, t.talk_track, t.materials,
      t.routed_by, t.escalate_to, t.reroute_overdue, t.remind_at, t.reminded_at, t.refused_by,
      t.moved_because, t.reroutes, t.call_back_at, t.call_backs
      """;

  private static final String HEAD_OFFICE = "head_office";

  private final JdbcClient jdbc;

  TaskTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** That the person {@code :me} could claim a task of the pool. */
  static String claimable() {
    return "exists (" + Fitness.OF_BRANCH + Fitness.QUALIFIED + " and a.username = :me)";
  }

  /** What the routing table ordered, as far as the row keeps it. */
  record Terms(RoutingRule rule, String version, Instant dueAt, Instant remindAt) {}

  /** A task with what was decided about it. */
  record Placed(TaskOffer offer, @Nullable String assignee, RoutingReason reason, Terms terms) {}

  /** Stores tasks by one statement, as they were placed. */
  List<AdvisorTask> insert(List<Placed> placed) {
    return jdbc.sql(
            """
            insert into advisor_task as t (task_id, customer_id, branch, participation_id,
              journey_key, node, title, qualification, outcomes, status, assignee, reason,
              created_at, assigned_at, due_at, kind, urgency, skill, language, tier, anywhere,
              talk_track, materials, routed_by, escalate_to, reroute_overdue, remind_at, tried_at)
            select o.task, o.customer, o.branch, o.participation, o.journey, o.node, o.title,
              o.qualification, string_to_array(o.outcomes, ','), 'open', o.assignee, o.reason,
              o.created, case when o.assignee is null then null else o.created end, o.due, o.kind,
              o.urgency, o.skill, o.language, o.tier, o.anywhere, o.talk_track,
              string_to_array(o.materials, ','), o.routed_by, o.escalate_to, o.reroute_overdue,
              o.remind, o.created
            from unnest(:task, :customer, :branch, :participation, :journey, :node, :title,
              :qualification, :outcomes, :assignee, :reason, :created::timestamptz[],
              :due::timestamptz[], :kind, :urgency, :skill, :language, :tier, :anywhere,
              :talkTrack, :materials, :routedBy, :escalateTo, :rerouteOverdue,
              :remind::timestamptz[])
              as o (task, customer, branch, participation, journey, node, title, qualification,
                outcomes, assignee, reason, created, due, kind, urgency, skill, language, tier,
                anywhere, talk_track, materials, routed_by, escalate_to, reroute_overdue, remind)
            returning
            """
                + COLUMNS)
        .param("task", words(placed, one -> one.offer().taskId()))
        .param(
            "customer", placed.stream().map(one -> one.offer().customerId()).toArray(Long[]::new))
        .param("branch", words(placed, one -> one.offer().branch()))
        .param(
            "participation",
            placed.stream().map(one -> one.offer().participationId()).toArray(Long[]::new))
        .param("journey", words(placed, one -> one.offer().journeyKey()))
        .param("node", words(placed, one -> one.offer().node()))
        .param("title", words(placed, one -> one.offer().title()))
        .param("qualification", words(placed, one -> one.offer().qualification()))
        .param(
            "outcomes",
            words(placed, one -> String.join(",", new TreeSet<>(one.offer().outcomes()))))
        .param("assignee", words(placed, Placed::assignee))
        .param("reason", words(placed, one -> one.reason().code()))
        .param("created", words(placed, one -> one.offer().createdAt().toString()))
        .param("due", words(placed, one -> one.terms().dueAt().toString()))
        .param("kind", words(placed, one -> one.offer().needs().kind()))
        .param("urgency", words(placed, one -> one.offer().needs().urgency()))
        .param("skill", words(placed, one -> one.offer().needs().skill()))
        .param("language", words(placed, one -> one.offer().needs().language()))
        .param("tier", words(placed, one -> one.offer().needs().tier()))
        .param("anywhere", flags(placed, one -> one.offer().needs().anywhere()))
        .param("talkTrack", words(placed, one -> one.offer().material().talkTrack()))
        .param(
            "materials", words(placed, one -> String.join(",", one.offer().material().materials())))
        .param("routedBy", words(placed, one -> one.terms().version()))
        .param(
            "escalateTo",
            words(placed, one -> one.terms().rule().headOffice() ? HEAD_OFFICE : "leader"))
        .param("rerouteOverdue", flags(placed, one -> one.terms().rule().rerouteOverdue()))
        .param("remind", words(placed, one -> one.terms().remindAt().toString()))
        .query(TaskTable::read)
        .list();
  }

  private static String[] words(List<Placed> placed, Function<Placed, @Nullable String> word) {
    return placed.stream().map(word).toArray(String[]::new);
  }

  private static Boolean[] flags(List<Placed> placed, Predicate<Placed> flag) {
    return placed.stream().map(flag::test).toArray(Boolean[]::new);
  }

  /** Those of these tasks that are stored already. */
  List<AdvisorTask> findAll(Collection<String> taskIds) {
    return jdbc.sql("select " + COLUMNS + " from advisor_task t where t.task_id = any(:tasks)")
        .param("tasks", taskIds.toArray(String[]::new))
        .query(TaskTable::read)
        .list();
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

  /** As {@link #lockOpen}, but empty when somebody else is changing it. */
  Optional<AdvisorTask> lockOpenNow(String taskId) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from advisor_task t where t.task_id = ? and t.status = 'open'"
                + " for update skip locked")
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

  boolean handOver(String taskId, String to, String actor, @Nullable MoveReason why, Instant now) {
    return jdbc.sql(
                """
                update advisor_task t
                set assignee = :to, assigned_at = :now, reason = 'handed_over', moved_because = :why
                where t.task_id = :task and t.status = 'open' and t.assignee is distinct from :to
                  and exists (%s and a.username = :actor and (a.leader or t.assignee = :actor))
                  and exists (%s %s and a.username = :to and %s)
                """
                    .formatted(
                        Fitness.OF_BRANCH, Fitness.OF_BRANCH, Fitness.QUALIFIED, Fitness.PRESENT))
            .param("task", taskId)
            .param("to", to)
            .param("actor", actor)
            .param("why", why == null ? null : why.code())
            .param("now", at(now))
            .param("at", at(now))
            .param("today", Roster.today(now))
            .update()
        == 1;
  }

  /** Whether the holder gave it back; nobody holds it then. */
  boolean refuse(String taskId, String actor, MoveReason why) {
    return jdbc.sql(
                """
                update advisor_task t
                set assignee = null, assigned_at = null, reason = 'pool', moved_because = :why,
                  refused_by = array_append(t.refused_by, :actor)
                where t.task_id = :task and t.status = 'open' and t.assignee = :actor
                """)
            .param("task", taskId)
            .param("actor", actor)
            .param("why", why.code())
            .update()
        == 1;
  }

  /** Gives an open task, locked by the caller, to somebody or to the pool. */
  void moved(String taskId, @Nullable String to, RoutingReason reason, Instant now) {
    jdbc.sql(
            """
            update advisor_task t
            set assignee = :to, assigned_at = case when :to::text is null then null else :now end,
              reason = :reason, reroutes = reroutes + 1, tried_at = :now
            where t.task_id = :task and t.status = 'open'
            """)
        .param("task", taskId)
        .param("to", to)
        .param("reason", reason.code())
        .param("now", at(now))
        .update();
  }

  /** Notes that nobody could be found for a task of the pool. */
  void tried(String taskId, Instant now) {
    jdbc.sql("update advisor_task set tried_at = :now where task_id = :task and status = 'open'")
        .param("task", taskId)
        .param("now", at(now))
        .update();
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
                    .formatted(Fitness.OF_BRANCH, Fitness.OF_BRANCH, Fitness.QUALIFIED))
            .param("task", taskId)
            .param("outcome", outcome)
            .param("note", note, Types.BINARY)
            .param("actor", actor)
            .param("now", at(now))
            .param("today", Roster.today(now))
            .update()
        == 1;
  }

  /** Locks an open task this person holds and may answer. */
  boolean lockHeld(String taskId, String actor, Instant now) {
    return jdbc.sql(
            """
            select t.task_id from advisor_task t
            where t.task_id = :task and t.status = 'open' and t.assignee = :actor
              and exists (%s %s and a.username = :actor)
            for update of t
            """
                .formatted(Fitness.OF_BRANCH, Fitness.QUALIFIED))
        .param("task", taskId)
        .param("actor", actor)
        .param("today", Roster.today(now))
        .query(String.class)
        .optional()
        .isPresent();
  }

  /** Whether the task could be put off once more. */
  boolean callBack(String taskId, Instant at, Instant dueAtLeast, int most) {
    return jdbc.sql(
                """
                update advisor_task
                set call_back_at = :callBack, call_backs = call_backs + 1,
                  due_at = greatest(due_at, :due), remind_at = :callBack, reminded_at = null
                where task_id = :task and status = 'open' and call_backs < :most
                """)
            .param("task", taskId)
            .param("callBack", at(at))
            .param("due", at(dueAtLeast))
            .param("most", most)
            .update()
        == 1;
  }

  /** Which task of this step of the participation it is, counted from 1. */
  int visit(AdvisorTask task) {
    return jdbc.sql(
            """
            select count(*) from advisor_task
            where customer_id = :customer and participation_id = :participation and node = :node
              and (created_at, task_id) <= (:created, :task)
            """)
        .param("customer", task.customerId())
        .param("participation", task.participationId())
        .param("node", task.node())
        .param("created", at(task.createdAt()))
        .param("task", task.taskId())
        .query(Integer.class)
        .single();
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
        row.getString("cancel_reason"),
        new TaskNeeds(
            row.getString("kind"),
            row.getString("urgency"),
            row.getString("skill"),
            row.getString("language"),
            row.getString("tier"),
            row.getBoolean("anywhere")),
        new TaskMaterial(row.getString("talk_track"), words(row, "materials")),
        course(row));
  }

  private static TaskCourse course(ResultSet row) throws SQLException {
    return new TaskCourse(
        row.getString("routed_by"),
        HEAD_OFFICE.equals(row.getString("escalate_to")),
        row.getBoolean("reroute_overdue"),
        instant(row, "remind_at"),
        instant(row, "reminded_at"),
        words(row, "refused_by"),
        row.getString("moved_because"),
        row.getInt("reroutes"),
        instant(row, "call_back_at"),
        row.getInt("call_backs"));
  }

  private static List<String> words(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
