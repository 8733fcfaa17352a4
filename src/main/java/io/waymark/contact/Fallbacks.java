package io.waymark.contact;

import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.Sealable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code message_fallback}: for each message of a course the texts that are left. A row is
 * there while its message is the last word of its course.
 */
@Component
class Fallbacks {

  private static final String ROW =
      "message_id, intent_id, customer_id, branch, participation_id, journey_key, node, visit,"
          + " product, priority, parameters_sealed, remaining, within_seconds, when_unknown,"
          + " attempt, due_at";

  private final JdbcClient jdbc;
  private final CustomerVault vault;

  Fallbacks(JdbcClient jdbc, CustomerVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** Notes messages of a course with the texts behind them. */
  void plant(List<Judged> passed, Map<UUID, Course> courses, Instant now) {
    List<Judged> own = passed.stream().filter(one -> courses.containsKey(one.messageId())).toList();
    if (own.isEmpty()) {
      return;
    }
    List<byte[]> sealed =
        vault.sealAll(
            own.stream()
                .map(
                    one ->
                        new Sealable(
                            one.request().customerId(), Column.json(one.request().parameters())))
                .toList());
    for (int i = 0; i < own.size(); i++) {
      Judged one = own.get(i);
      Course course = course(courses, one);
      ContactRequest request = one.request();
      jdbc.sql(
              "insert into message_fallback (" + ROW + ") values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
          .params(
              one.messageId(),
              course.intent(),
              request.customerId(),
              request.branch(),
              request.participationId(),
              request.journeyKey(),
              request.node(),
              request.visit(),
              request.product(),
              request.priority(),
              sealed.get(i),
              course.texts().toArray(String[]::new),
              course.within().toSeconds(),
              course.unknownIsLost() ? "next" : "wait",
              course.attempt(),
              Column.at(one.leavesAt(now).plus(course.within())))
          .update();
    }
  }

  private static Course course(Map<UUID, Course> courses, Judged one) {
    Course course = courses.get(one.messageId());
    if (course == null) {
      throw new IllegalStateException("filtered above");
    }
    return course.after(one.request().template());
  }

  /**
   * Messages of courses have come to their end. Those that did not arrive and have a text behind
   * them, or one that went already, are not the end of what was to be said.
   *
   * @return the messages whose journeys are not told
   */
  Set<UUID> ended(Collection<Ended> messages, Instant now) {
    Set<UUID> silent = new HashSet<>();
    List<UUID> over = new ArrayList<>();
    List<UUID> next = new ArrayList<>();
    Map<UUID, Row> rows = new HashMap<>();
    lock(messages.stream().map(Ended::messageId).toList())
        .forEach(row -> rows.put(row.messageId(), row));
    for (Ended one : messages) {
      Row row = rows.get(one.messageId());
      if (one.arrived()) {
        over.add(one.messageId());
      } else if (row == null || one.replaced()) {
        silent.add(one.messageId());
      } else if (row.course().texts().isEmpty()
          || (one.unknown() && !row.course().unknownIsLost())) {
        over.add(one.messageId());
      } else {
        next.add(one.messageId());
        silent.add(one.messageId());
      }
    }
    remove(over);
    if (!next.isEmpty()) {
      postpone(next, now);
    }
    return silent;
  }

  /** Messages whose time to arrive is over and that have a text behind them. */
  List<Row> due(int max, Instant now) {
    return jdbc.sql(
            "select "
                + ROW
                + " from message_fallback where due_at <= ? and remaining <> '{}'"
                + " order by due_at, message_id limit ?")
        .params(Column.at(now), max)
        .query(Fallbacks::read)
        .list();
  }

  /** Locks one row; empty when it is gone. */
  Optional<Row> lock(UUID messageId) {
    return lock(List.of(messageId)).stream().findFirst();
  }

  private List<Row> lock(Collection<UUID> ids) {
    return jdbc.sql(
            "select "
                + ROW
                + " from message_fallback where message_id = any(?::uuid[])"
                + " order by message_id for update")
        .param(Column.uuids(ids))
        .query(Fallbacks::read)
        .list();
  }

  void postpone(Collection<UUID> ids, Instant until) {
    jdbc.sql("update message_fallback set due_at = ? where message_id = any(?::uuid[])")
        .params(Column.at(until), Column.uuids(ids))
        .update();
  }

  void remove(Collection<UUID> ids) {
    if (!ids.isEmpty()) {
      jdbc.sql("delete from message_fallback where message_id = any(?::uuid[])")
          .param(Column.uuids(ids))
          .update();
    }
  }

  /** The values a text is rendered from. */
  Map<String, String> parameters(Row row) {
    return Column.codes(vault.open(row.request().customerId(), row.parameters()));
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    List<String> remaining = Arrays.asList((String[]) row.getArray("remaining").getArray());
    return new Row(
        Column.uuid(row, "message_id"),
        new ContactRequest(
            row.getLong("customer_id"),
            row.getString("branch"),
            row.getObject("participation_id", Long.class),
            row.getString("journey_key"),
            row.getString("node"),
            row.getInt("visit"),
            remaining.isEmpty() ? "" : remaining.get(0),
            row.getString("product"),
            row.getInt("priority"),
            Map.of()),
        new Course(
            Column.uuid(row, "intent_id"),
            row.getInt("attempt"),
            remaining,
            Duration.ofSeconds(row.getLong("within_seconds")),
            row.getString("when_unknown").equals("next")),
        row.getBytes("parameters_sealed"),
        Column.instant(row, "due_at"));
  }

  /**
   * A message of a course at its end.
   *
   * @param arrived the customer has it, as far as its channel can tell
   * @param unknown nobody knows
   * @param replaced it was taken back for the next text
   */
  record Ended(UUID messageId, boolean arrived, boolean unknown, boolean replaced) {}

  /**
   * One row.
   *
   * @param request for the next text, without its parameters
   */
  record Row(
      UUID messageId, ContactRequest request, Course course, byte[] parameters, Instant dueAt) {}
}
