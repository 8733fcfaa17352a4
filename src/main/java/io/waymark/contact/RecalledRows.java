package io.waymark.contact;

import io.waymark.compliance.recall.RecallTarget;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows a recall is about, in batches that go on from the one before. Table {@code recall_reached}.
 */
@Component
class RecalledRows {

  private final JdbcClient jdbc;

  RecalledRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Messages under way after this id, in the order of their ids. */
  List<UUID> waiting(RecallTarget target, UUID after, int max) {
    return jdbc.sql(
            """
            select o.message_id
              from outbox o
              join message m on m.message_id = o.message_id and m.created_at = o.created_at
             where o.message_id > :after and %s
             order by o.message_id limit :max
            """
                .formatted(condition(target, "m")))
        .param("after", after)
        .param("value", target.value())
        .param("max", max)
        .query(UUID.class)
        .list();
  }

  /** Messages in the App after this id, in the order of their ids. */
  List<UUID> inApp(RecallTarget target, UUID after, int max) {
    return jdbc.sql(
            """
            select a.message_id
              from (select *, 'in_app' as channel from in_app_message) a
             where a.message_id > :after and %s
             order by a.message_id limit :max
            """
                .formatted(condition(target, "a")))
        .param("after", after)
        .param("value", target.value())
        .param("max", max)
        .query(UUID.class)
        .list();
  }

  int takeDown(Collection<UUID> ids) {
    return ids.isEmpty()
        ? 0
        : jdbc.sql("delete from in_app_message where message_id = any(?::uuid[])")
            .param(Column.uuids(ids))
            .update();
  }

  /** The messages created before a place, newest first, whatever they are about. */
  List<Past> past(RecallTarget target, Instant from, UUID fromId, int max) {
    return jdbc.sql(
            """
            select m.message_id, m.created_at,
                   m.status in ('sent', 'delivered', 'unknown') and %s as matches
              from message m
             where m.created_at <= :from and (m.created_at, m.message_id) < (:from, :id)
             order by m.created_at desc, m.message_id desc limit :max
            """
                .formatted(condition(target, "m")))
        .param("from", Column.at(from))
        .param("id", fromId)
        .param("value", target.value())
        .param("max", max)
        .query(
            (row, number) ->
                new Past(
                    Column.uuid(row, "message_id"),
                    Column.instant(row, "created_at"),
                    row.getBoolean("matches")))
        .list();
  }

  /**
   * Notes messages as having left before the recall.
   *
   * @return how many were not noted yet
   */
  int reached(long recallId, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    Instant from = ids.stream().map(MessageIds::createdAt).min(Instant::compareTo).orElseThrow();
    Instant to = ids.stream().map(MessageIds::createdAt).max(Instant::compareTo).orElseThrow();
    return jdbc.sql(
            """
            insert into recall_reached (recall_id, message_id, created_at, customer_id, branch)
            select ?, m.message_id, m.created_at, m.customer_id, m.branch
              from unnest(?::uuid[]) as given (message_id)
              join message m on m.message_id = given.message_id
             where m.created_at between ? and ?
            on conflict do nothing
            """)
        .params(recallId, Column.uuids(ids), Column.at(from), Column.at(to))
        .update();
  }

  private static String condition(RecallTarget target, String alias) {
    return switch (target.kind()) {
      case TEMPLATE -> alias + ".template = :value";
      case PRODUCT -> alias + ".product = :value";
      case JOURNEY -> alias + ".journey_key = :value";
      case CHANNEL -> alias + ".channel = :value";
      // Any row may hold it; :value is named all the same, as every other kind does.
      case PHRASE -> "cast(:value as text) is not null";
    };
  }

  /** A message on the way back in time. */
  record Past(UUID messageId, Instant createdAt, boolean matches) {}
}
