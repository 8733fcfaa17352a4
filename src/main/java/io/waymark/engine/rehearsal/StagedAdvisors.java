package io.waymark.engine.rehearsal;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.engine.run.AnswersTogether;
import io.waymark.engine.run.AnswersTogether.Answer;
import io.waymark.platform.rehearsal.Stages;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The advisors of a stage: they answer as they are told, by the rules that hold for real ones. */
@Component
class StagedAdvisors {

  private final JdbcClient jdbc;
  private final Advisors advisors;
  private final TaskRouting routing;
  private final AnswersTogether answers;

  StagedAdvisors(JdbcClient jdbc, Advisors advisors, TaskRouting routing, AnswersTogether answers) {
    this.jdbc = jdbc;
    this.advisors = advisors;
    this.routing = routing;
    this.answers = answers;
  }

  /** A task that a rehearsed journey opened. */
  record Task(
      String id,
      long participationId,
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
            select task_id, participation_id, customer_id, branch, node, assignee, outcomes, created_at
              from advisor_task
             where status = 'open' and participation_id >= ? and created_at >= ?
             order by created_at, customer_id, node
            """)
        .params(Stages.FIRST_NUMBER, Timestamp.from(moment))
        .query(
            (row, number) ->
                new Task(
                    row.getString("task_id"),
                    row.getLong("participation_id"),
                    row.getLong("customer_id"),
                    row.getString("branch"),
                    row.getString("node"),
                    row.getString("assignee"),
                    new TreeSet<>(List.of((String[]) row.getArray("outcomes").getArray())),
                    row.getTimestamp("created_at").toInstant()))
        .list();
  }

  /** Which of these tasks are still to be answered. */
  List<Task> open(List<Task> some) {
    Set<String> open =
        Set.copyOf(
            jdbc.sql("select task_id from advisor_task where task_id = any(?) and status = 'open'")
                .param(some.stream().map(Task::id).toArray(String[]::new))
                .query(String.class)
                .list());
    return some.stream().filter(task -> open.contains(task.id())).toList();
  }

  /**
   * The holder of each task answers, or whoever of the branch may claim it; all of them or none.
   *
   * @return how many were answered; nobody may claim the others now
   * @throws TaskRefusedException when a holder may not answer so
   */
  int answer(List<Task> tasks, Function<Task, String> outcome) {
    List<Answer> given =
        tasks.stream()
            .flatMap(
                task ->
                    holder(task).stream()
                        .map(
                            advisor ->
                                new Answer(
                                    task.id(),
                                    task.participationId(),
                                    outcome.apply(task),
                                    advisor)))
            .toList();
    if (!given.isEmpty()) {
      answers.complete(given);
    }
    return given.size();
  }

  private Optional<String> holder(Task task) {
    return task.assignee() == null ? claim(task) : Optional.of(task.assignee());
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
