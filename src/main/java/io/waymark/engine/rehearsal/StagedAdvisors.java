package io.waymark.engine.rehearsal;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.platform.rehearsal.Stages;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The advisors of a stage: they answer as they are told, by the rules that hold for real ones. */
@Component
class StagedAdvisors {

  private final JdbcClient jdbc;
  private final Advisors advisors;
  private final TaskRouting routing;
  private final AdvisorDesk desk;

  StagedAdvisors(JdbcClient jdbc, Advisors advisors, TaskRouting routing, AdvisorDesk desk) {
    this.jdbc = jdbc;
    this.advisors = advisors;
    this.routing = routing;
    this.desk = desk;
  }

  /** A task that a rehearsed journey opened. */
  record Task(
      String id,
      long customerId,
      String branch,
      String node,
      @Nullable String assignee,
      TreeSet<String> outcomes,
      Instant createdAt) {}

  /** Open tasks of rehearsed journeys that came at this moment or later, oldest first. */
  List<Task> since(Instant moment) {
    return jdbc.sql(
            """
            select task_id, customer_id, branch, node, assignee, outcomes, created_at
              from advisor_task
             where status = 'open' and participation_id >= ? and created_at >= ?
             order by created_at, customer_id, node
            """)
        .params(Stages.FIRST_NUMBER, Timestamp.from(moment))
        .query(
            (row, number) ->
                new Task(
                    row.getString("task_id"),
                    row.getLong("customer_id"),
                    row.getString("branch"),
                    row.getString("node"),
                    row.getString("assignee"),
                    new TreeSet<>(List.of((String[]) row.getArray("outcomes").getArray())),
                    row.getTimestamp("created_at").toInstant()))
        .list();
  }

  /** Whether a task is still to be answered. */
  boolean open(Task task) {
    return jdbc.sql(
            "select exists (select from advisor_task where task_id = ? and status = 'open')")
        .param(task.id())
        .query(Boolean.class)
        .single();
  }

  /**
   * Its holder answers, or whoever of the branch may claim it.
   *
   * @return false when nobody may claim it now
   * @throws TaskRefusedException when its holder may not answer so
   */
  boolean answer(Task task, String outcome) {
    Optional<String> advisor = task.assignee() == null ? claim(task) : Optional.of(task.assignee());
    advisor.ifPresent(name -> desk.complete(task.id(), outcome, null, name, List.of("advisor")));
    return advisor.isPresent();
  }

  private Optional<String> claim(Task task) {
    for (AdvisorProfile advisor : advisors.ofBranch(task.branch())) {
      try {
        routing.claim(task.id(), advisor.username());
        return Optional.of(advisor.username());
      } catch (TaskRefusedException notThisOne) {
        continue;
      }
    }
    return Optional.empty();
  }
}
