package io.waymark.advisor;

import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tasks as people see them, always within the branches they may see. */
@Component
public class WorkList {

  /** The database proves the scope row by row; the rest narrows within it. */
  private static final String WHERE =
      """
      where (:everywhere or t.branch = any(:branches))
        and (cast(:status as text) is null or t.status = :status)
        and (cast(:journey as text) is null or t.journey_key = :journey)
        and (cast(:customer as bigint) is null or t.customer_id = :customer)
        and (cast(:node as text) is null or t.node = :node)
        and (not :overdue or t.status = 'open' and t.due_at < :now)
        and\s\
      """;

  private final JdbcClient jdbc;
  private final CustomerVault vault;

  WorkList(JdbcClient jdbc, CustomerVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /**
   * One page by urgency: escalated first, then what is due first, overdue thus above the rest; what
   * rests until an agreed call comes last.
   */
  public List<AdvisorTask> page(
      String username, WorkFilter filter, BranchScope scope, Instant now, int offset, int limit) {
    return question(
            "select " + TaskTable.COLUMNS + " from advisor_task t ",
            """
             order by (t.status = 'open' and t.call_back_at > :now) is true,
                      (t.status = 'open' and t.escalated_at is not null) desc,
                      t.due_at, t.task_id
            offset :offset limit :limit\
            """,
            username,
            filter,
            scope,
            now)
        .param("offset", offset)
        .param("limit", limit)
        .query(TaskTable::read)
        .list();
  }

  /** How many tasks all pages hold. */
  public long count(String username, WorkFilter filter, BranchScope scope, Instant now) {
    return question("select count(*) from advisor_task t ", "", username, filter, scope, now)
        .query(Long.class)
        .single();
  }

  /** One task, whatever its branch; for callers that check the scope themselves. */
  public Optional<AdvisorTask> find(String taskId) {
    return find(taskId, BranchScope.everywhere());
  }

  /** One task, if it lies within the scope. */
  public Optional<AdvisorTask> find(String taskId, BranchScope scope) {
    return jdbc.sql(
            "select "
                + TaskTable.COLUMNS
                + " from advisor_task t where t.task_id = :task"
                + " and (:everywhere or t.branch = any(:branches))")
        .param("task", taskId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(TaskTable::read)
        .optional();
  }

  /**
   * What the advisor noted when completing the task, opened.
   *
   * @return empty when there is no note, the task lies outside the scope, or the customer was
   *     erased
   */
  public Optional<String> note(String taskId, BranchScope scope) {
    return jdbc.sql(
            """
            select customer_id, note from advisor_task t
            where t.task_id = :task and t.note is not null
              and (:everywhere or t.branch = any(:branches))
            """)
        .param("task", taskId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query((row, number) -> Map.of(row.getLong("customer_id"), row.getBytes("note")))
        .optional()
        .flatMap(note -> vault.openAll(note).values().stream().findFirst());
  }

  /**
   * A step in which several of a person's tasks stand, so that they can be answered together.
   *
   * @param title Chinese name of the step
   */
  public record Step(String journeyKey, String node, String title, long tasks) {}

  /** The steps of the person's open tasks that hold more than one, largest first. */
  public List<Step> steps(String username, BranchScope scope) {
    return jdbc.sql(
            """
            select t.journey_key, t.node, min(t.title) as title, count(*) as tasks
            from advisor_task t
            where t.assignee = :me and t.status = 'open'
              and (:everywhere or t.branch = any(:branches))
            group by t.journey_key, t.node having count(*) > 1
            order by count(*) desc, t.journey_key, t.node
            """)
        .param("me", username)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Step.class)
        .list();
  }

  /**
   * Tasks of a branch that nobody could take.
   *
   * @param oldest since when the oldest of them waits
   * @param overdue how many of them are overdue
   */
  public record Waiting(String branch, long tasks, Instant oldest, long overdue) {}

  /** Where open tasks wait in a pool, most first. */
  public List<Waiting> waiting(BranchScope scope, Instant now) {
    return jdbc.sql(
            """
            select t.branch, count(*) as tasks, min(t.created_at) as oldest,
                   count(*) filter (where t.due_at < :now) as overdue
            from advisor_task t
            where t.status = 'open' and t.assignee is null
              and (:everywhere or t.branch = any(:branches))
            group by t.branch order by count(*) desc, t.branch
            """)
        .param("now", TaskTable.at(now))
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            (row, number) ->
                new Waiting(
                    row.getString("branch"),
                    row.getLong("tasks"),
                    row.getTimestamp("oldest").toInstant(),
                    row.getLong("overdue")))
        .list();
  }

  /**
   * What was noted about a customer in earlier tasks.
   *
   * @param title the step's name
   * @param note what was written, opened
   */
  public record EarlierNote(
      String title, String by, Instant at, @Nullable String outcome, String note) {}

  /** The latest notes about a customer, newest first; erased ones are left out. */
  public List<EarlierNote> notesOf(long customerId, BranchScope scope, int limit) {
    return jdbc
        .sql(
            """
            select title, closed_by, closed_at, outcome, note from advisor_task t
            where t.customer_id = :customer and t.note is not null
              and (:everywhere or t.branch = any(:branches))
            order by t.closed_at desc limit :limit
            """)
        .param("customer", customerId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("limit", limit)
        .query((row, number) -> earlier(customerId, row))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<EarlierNote> earlier(long customerId, ResultSet row) throws SQLException {
    String note = vault.openAll(Map.of(customerId, row.getBytes("note"))).get(customerId);
    return note == null
        ? Optional.empty()
        : Optional.of(
            new EarlierNote(
                row.getString("title"),
                row.getString("closed_by"),
                row.getTimestamp("closed_at").toInstant(),
                row.getString("outcome"),
                note));
  }

  private JdbcClient.StatementSpec question(
      String select,
      String tail,
      String username,
      WorkFilter filter,
      BranchScope scope,
      Instant now) {
    TaskStatus status = filter.status();
    JdbcClient.StatementSpec question =
        jdbc.sql(select + WHERE + view(filter) + tail)
            .param("everywhere", scope.all())
            .param("branches", scope.asArray())
            .param("status", status == null ? null : status.code())
            .param("journey", filter.journeyKey())
            .param("customer", filter.customerId())
            .param("node", filter.node())
            .param("overdue", filter.overdueOnly())
            .param("now", TaskTable.at(now));
    return switch (filter.view()) {
      case MINE -> question.param("me", username);
      case POOL -> question.param("me", username).param("today", Roster.today(now));
      case WAITING, BRANCH -> question;
    };
  }

  private static String view(WorkFilter filter) {
    return switch (filter.view()) {
      case MINE ->
          filter.status() == TaskStatus.OPEN
              ? "(t.assignee = :me or t.escalated_to = :me)"
              : "(t.assignee = :me or t.escalated_to = :me or t.closed_by = :me)";
      case POOL -> "t.assignee is null and " + TaskTable.claimable();
      case WAITING -> "t.assignee is null";
      case BRANCH -> "true";
    };
  }
}
