package io.waymark.advisor;

import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.staff.BranchScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        and (not :overdue or t.status = 'open' and t.due_at < :now)
        and\s""";

  private final JdbcClient jdbc;
  private final CustomerVault vault;

  WorkList(JdbcClient jdbc, CustomerVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /**
   * One page by urgency: escalated first, then what is due first; overdue is thus above the rest.
   */
  public List<AdvisorTask> page(
      String username, WorkFilter filter, BranchScope scope, Instant now, int offset, int limit) {
    return question(
            "select " + TaskTable.COLUMNS + " from advisor_task t ",
            """
             order by (t.status = 'open' and t.escalated_at is not null) desc, t.due_at, t.task_id
            offset :offset limit :limit""",
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
            .param("overdue", filter.overdueOnly())
            .param("now", TaskTable.at(now));
    return switch (filter.view()) {
      case MINE -> question.param("me", username);
      case POOL -> question.param("me", username).param("today", Roster.today(now));
      case BRANCH -> question;
    };
  }

  private static String view(WorkFilter filter) {
    return switch (filter.view()) {
      case MINE -> "(t.assignee = :me or t.escalated_to = :me or t.closed_by = :me)";
      case POOL -> "t.assignee is null and " + TaskTable.claimable();
      case BRANCH -> "true";
    };
  }
}
