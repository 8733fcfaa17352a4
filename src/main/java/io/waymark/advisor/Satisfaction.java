package io.waymark.advisor;

import io.waymark.contact.MessageRecord;
import io.waymark.contact.Messages;
import io.waymark.contact.link.RatingLinks;
import io.waymark.contact.link.RatingLinks.Asked;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How satisfied customers were with a talk, as they say themselves by the address in a message that
 * the gate let through. Owns {@code satisfaction}; kept for three years.
 */
@Component
public class Satisfaction {

  /** Event that tells the customer's journeys of an answer. */
  public static final String GIVEN = "satisfaction.given";

  private static final int KEPT_YEARS = 3;
  private static final int MOST = 5;

  private final JdbcClient jdbc;
  // Asked for late: whoever only routes tasks sends no message.
  private final ObjectProvider<RatingLinks> links;
  private final ObjectProvider<Messages> messages;
  private final CustomerEvents events;
  private final Clock clock;

  Satisfaction(
      JdbcClient jdbc,
      ObjectProvider<RatingLinks> links,
      ObjectProvider<Messages> messages,
      CustomerEvents events,
      Clock clock) {
    this.jdbc = jdbc;
    this.links = links;
    this.messages = messages;
    this.events = events;
    this.clock = clock;
  }

  /** The task an answer is about. */
  private record Task(String taskId, @Nullable String advisor) {}

  /** Whether an address asks for a score, and the one it proposes; 0 for none. */
  public Optional<Integer> proposed(String token) {
    return links.getObject().find(token).map(Asked::proposed);
  }

  /**
   * Takes an answer; the first one to a message counts, and event {@code satisfaction.given} tells
   * it (properties {@code score}, {@code messageId}, {@code taskId}, {@code participationId}).
   *
   * @return false when the address is unknown or over, or the score is none
   */
  @Transactional
  public boolean give(String token, int score) {
    Optional<Asked> asked = links.getObject().find(token);
    if (asked.isEmpty() || score < 1 || score > MOST) {
      return false;
    }
    MessageRecord message =
        messages
            .getObject()
            .find(asked.get().messageId(), BranchScope.everywhere())
            .orElseThrow(() -> new IllegalStateException("a rating of an unknown message"));
    keep(message, score);
    return true;
  }

  private void keep(MessageRecord message, int score) {
    Instant now = clock.instant();
    Optional<Task> task = about(message);
    int kept =
        jdbc.sql(
                """
                insert into satisfaction (message_id, customer_id, branch, participation_id,
                  task_id, advisor, journey_key, score, given_at)
                values (:message, :customer, :branch, :participation, :task, :advisor, :journey,
                  :score, :now)
                on conflict do nothing
                """)
            .param("message", message.messageId())
            .param("customer", message.customerId())
            .param("branch", message.branch())
            .param("participation", message.participationId())
            .param("task", task.map(Task::taskId).orElse(null))
            .param("advisor", task.map(Task::advisor).orElse(null))
            .param("journey", message.journeyKey())
            .param("score", score)
            .param("now", TaskTable.at(now))
            .update();
    if (kept == 1) {
      events.record(List.of(given(message, task.orElse(null), score, now)));
    }
  }

  /** The last task of the same journey's run that was answered before the message asked. */
  private Optional<Task> about(MessageRecord message) {
    return jdbc.sql(
            """
            select task_id, closed_by as advisor from advisor_task
            where customer_id = :customer and participation_id = :participation
              and status = 'completed' and closed_at <= :asked
            order by closed_at desc limit 1
            """)
        .param("customer", message.customerId())
        .param("participation", message.participationId())
        .param("asked", TaskTable.at(message.createdAt()))
        .query(Task.class)
        .optional();
  }

  private static InternalEvent given(
      MessageRecord message, @Nullable Task task, int score, Instant now) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("score", score);
    properties.put("messageId", message.messageId().toString());
    properties.put("journey", message.journeyKey());
    Long participation = message.participationId();
    if (participation != null) {
      properties.put("participationId", participation);
    }
    if (task != null) {
      properties.put("taskId", task.taskId());
    }
    return new InternalEvent(
        "advisor",
        "satisfaction-" + message.messageId(),
        message.customerId(),
        message.branch(),
        GIVEN,
        now,
        properties);
  }

  /** Forgets what is older than three years. */
  @Scheduled(cron = "0 55 3 * * *", zone = "Asia/Shanghai")
  void forget() {
    jdbc.sql("delete from satisfaction where given_at < :before")
        .param("before", TaskTable.at(clock.instant()).minusYears(KEPT_YEARS))
        .update();
  }
}
