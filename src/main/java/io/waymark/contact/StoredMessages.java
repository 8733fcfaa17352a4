package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code message}: the frozen text and what became of it. Every access names the span of
 * creation, which the ids carry, so that only the months concerned are looked at. Ids are joined as
 * rows: written as {@code = any(…)} they were compared, each with each, with all messages of the
 * span whenever the plan went by the span.
 */
@Component
class StoredMessages {

  /** The one parameter that is needed after rendering; the others may hold a customer's words. */
  private static final String SLOT = "slot";

  private final JdbcClient jdbc;

  StoredMessages(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes messages.
   *
   * @param traces where the trace of each goes on; empty while none is followed
   */
  void insertAll(
      Collection<Fresh> messages, Map<UUID, String> traces, String policyVersion, Instant now) {
    if (messages.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into message (
              created_at, policy_version, status, message_id, customer_id, branch,
              participation_id, journey_key, node, visit, template, template_version_id,
              template_version, channel, purpose, product, priority, slot, subject_sealed,
              body_sealed, body_hash, rule_pack, due_at, reason, intent_id, trace)
            select ?, ?, 'waiting', * from unnest(
              ?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::int[],
              ?::text[], ?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::int[],
              ?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::timestamptz[],
              ?::text[], ?::uuid[], ?::text[])
            """)
        .params(
            Column.at(now),
            policyVersion,
            Column.text(messages, fresh -> fresh.judged().messageId()),
            Column.number(messages, fresh -> fresh.judged().request().customerId()),
            Column.text(messages, fresh -> fresh.judged().request().branch()),
            Column.number(messages, fresh -> fresh.judged().request().participationId()),
            Column.text(messages, fresh -> fresh.judged().request().journeyKey()),
            Column.text(messages, fresh -> fresh.judged().request().node()),
            Column.integer(messages, fresh -> fresh.judged().request().visit()),
            Column.text(messages, fresh -> fresh.judged().passed().code()),
            Column.number(messages, fresh -> fresh.judged().passed().id()),
            Column.integer(messages, fresh -> fresh.judged().passed().version()),
            Column.text(messages, fresh -> fresh.judged().channel().code()),
            Column.text(messages, fresh -> fresh.judged().purpose().code()),
            Column.text(messages, fresh -> fresh.judged().request().product()),
            Column.integer(messages, fresh -> fresh.judged().request().priority()),
            Column.text(messages, fresh -> fresh.judged().request().parameters().get(SLOT)),
            Column.bytes(messages, Fresh::subject),
            Column.bytes(messages, Fresh::body),
            Column.text(messages, fresh -> fresh.judged().frozen().hash()),
            Column.text(messages, fresh -> fresh.judged().rulePack()),
            Column.text(messages, fresh -> fresh.judged().leavesAt(now)),
            Column.text(messages, fresh -> fresh.judged().deferral()),
            Column.text(messages, Fresh::intent),
            Column.text(messages, fresh -> traces.get(fresh.judged().messageId())))
        .update();
  }

  /** Reads messages; ids that name none are absent. */
  Map<UUID, Stored> load(Collection<UUID> ids) {
    return query(ids, "");
  }

  /** Reads messages and locks them in the order of their ids. */
  Map<UUID, Stored> lock(Collection<UUID> ids) {
    return query(ids, " order by m.message_id for update of m");
  }

  private Map<UUID, Stored> query(Collection<UUID> ids, String tail) {
    Map<UUID, Stored> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    Span span = Span.of(ids);
    jdbc.sql(
            """
            select m.message_id, m.created_at, m.customer_id, m.branch, m.participation_id,
                   m.journey_key, m.node, m.visit, m.template, m.template_version_id, m.channel,
                   m.purpose, m.product, m.priority, m.slot, m.subject_sealed, m.body_sealed,
                   m.body_hash, m.status, m.settled_at, m.intent_id, m.trace
              from unnest(?::uuid[]) as given (message_id)
              join message m on m.message_id = given.message_id
             where m.created_at between ? and ?
            """
                + tail)
        .params(Column.uuids(ids), Column.at(span.from()), Column.at(span.to()))
        .query(
            row -> {
              Stored stored = Stored.read(row);
              found.put(stored.messageId(), stored);
            });
    return found;
  }

  /** Notes where messages under way stand; settled ones keep their status. */
  void status(
      Collection<UUID> ids, String status, @Nullable String reason, @Nullable Instant dueAt) {
    if (ids.isEmpty()) {
      return;
    }
    Span span = Span.of(ids);
    jdbc.sql(
            """
            update message m
               set status = ?, reason = ?::text, due_at = coalesce(?::timestamptz, m.due_at)
              from unnest(?::uuid[]) as given (message_id)
             where m.message_id = given.message_id and m.created_at between ? and ?
               and m.settled_at is null
            """)
        .params(
            status,
            reason,
            dueAt == null ? null : dueAt.toString(),
            Column.uuids(ids),
            Column.at(span.from()),
            Column.at(span.to()))
        .update();
  }

  /** Notes that messages will be tried again, each at its own moment. */
  void retryAt(Collection<Outbox.Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    Span span = Span.of(moves.stream().map(Outbox.Move::messageId).toList());
    jdbc.sql(
            """
            update message m
               set status = 'waiting', reason = 'retry', due_at = given.due_at
              from unnest(?::uuid[], ?::timestamptz[]) as given (message_id, due_at)
             where m.message_id = given.message_id and m.created_at between ? and ?
               and m.settled_at is null
            """)
        .params(
            Column.text(moves, Outbox.Move::messageId),
            Column.text(moves, Outbox.Move::dueAt),
            Column.at(span.from()),
            Column.at(span.to()))
        .update();
  }

  /** Notes that a provider took messages over, even when a receipt was faster than its answer. */
  void accepted(List<Acceptance> acceptances, Instant now) {
    if (acceptances.isEmpty()) {
      return;
    }
    Span span = Span.of(acceptances.stream().map(Acceptance::messageId).toList());
    jdbc.sql(
            """
            update message m
               set provider = given.provider, provider_id = given.provider_id, sent_at = ?,
                   status = case when m.settled_at is null then 'sent' else m.status end,
                   reason = case when m.settled_at is null then null else m.reason end
              from unnest(?::uuid[], ?::text[], ?::text[])
                   as given (message_id, provider, provider_id)
             where m.message_id = given.message_id and m.created_at between ? and ?
            """)
        .params(
            Column.at(now),
            Column.text(acceptances, Acceptance::messageId),
            Column.text(acceptances, Acceptance::provider),
            Column.text(acceptances, Acceptance::providerId),
            Column.at(span.from()),
            Column.at(span.to()))
        .update();
  }

  /**
   * Gives messages their final outcome, once.
   *
   * @return those that had none before
   */
  List<Stored> settle(List<Settling> settlings, Instant now) {
    Span span = Span.of(settlings.stream().map(Settling::messageId).toList());
    return jdbc.sql(
            """
            update message m
               set status = given.outcome, reason = given.reason, gate = given.gate,
                   settled_at = :now,
                   delivered_at = case when given.outcome = 'delivered' then :now
                                       else m.delivered_at end
              from unnest(:ids::uuid[], :outcomes::text[], :reasons::text[], :gates::text[])
                   as given (message_id, outcome, reason, gate)
             where m.message_id = given.message_id and m.created_at between :from and :to
               and m.settled_at is null
            returning m.message_id, m.created_at, m.customer_id, m.branch, m.participation_id,
                   m.journey_key, m.node, m.visit, m.template, m.template_version_id, m.channel,
                   m.purpose, m.product, m.priority, m.slot, m.subject_sealed, m.body_sealed,
                   m.body_hash, m.status, m.settled_at, m.intent_id, m.trace
            """)
        .param("now", Column.at(now))
        .param("ids", Column.text(settlings, Settling::messageId))
        .param("outcomes", Column.text(settlings, one -> one.outcome().code()))
        .param("reasons", Column.text(settlings, Settling::reason))
        .param("gates", Column.text(settlings, Settling::gate))
        .param("from", Column.at(span.from()))
        .param("to", Column.at(span.to()))
        .query((row, number) -> Stored.read(row))
        .list();
  }

  /** What a receipt says about messages settled before: the log shows the latest that is known. */
  void amend(Collection<UUID> ids, String status, @Nullable String reason, Instant now) {
    if (ids.isEmpty()) {
      return;
    }
    Span span = Span.of(ids);
    jdbc.sql(
            """
            update message m
               set status = :status, reason = :reason::text,
                   delivered_at = case when :status = 'delivered' then :now
                                       else m.delivered_at end
              from unnest(:ids::uuid[]) as given (message_id)
             where m.message_id = given.message_id and m.created_at between :from and :to
               and m.settled_at is not null and m.status in ('sent', 'unknown')
            """)
        .param("status", status)
        .param("reason", reason)
        .param("now", Column.at(now))
        .param("ids", Column.uuids(ids))
        .param("from", Column.at(span.from()))
        .param("to", Column.at(span.to()))
        .update();
  }

  /** A message as it is first written. */
  record Fresh(Judged judged, byte @Nullable [] subject, byte[] body, @Nullable UUID intent) {}

  /** A provider took a message over. */
  record Acceptance(UUID messageId, String provider, String providerId) {}

  /** The months that ids can lie in. */
  private record Span(Instant from, Instant to) {

    static Span of(Collection<UUID> ids) {
      Instant from = Instant.MAX;
      Instant to = Instant.MIN;
      for (UUID id : ids) {
        Instant at = MessageIds.createdAt(id);
        from = at.isBefore(from) ? at : from;
        to = at.isAfter(to) ? at : to;
      }
      return new Span(from, to);
    }
  }

  /**
   * A message as it stands.
   *
   * @param intent the first message of its course; null when it has no other texts
   * @param trace where its trace goes on; null when it is not followed
   */
  record Stored(
      UUID messageId,
      Instant createdAt,
      ContactRequest request,
      long templateVersionId,
      Channel channel,
      Purpose purpose,
      byte @Nullable [] subject,
      byte[] body,
      String bodyHash,
      String status,
      boolean settled,
      @Nullable UUID intent,
      @Nullable String trace) {

    static Stored read(ResultSet row) throws SQLException {
      return new Stored(
          Column.uuid(row, "message_id"),
          Column.instant(row, "created_at"),
          new ContactRequest(
              row.getLong("customer_id"),
              row.getString("branch"),
              row.getObject("participation_id", Long.class),
              row.getString("journey_key"),
              row.getString("node"),
              row.getInt("visit"),
              row.getString("template"),
              row.getString("product"),
              row.getInt("priority"),
              slot(row.getString("slot"))),
          row.getLong("template_version_id"),
          Channel.of(row.getString("channel")),
          Purpose.of(row.getString("purpose")),
          row.getBytes("subject_sealed"),
          row.getBytes("body_sealed"),
          row.getString("body_hash"),
          row.getString("status"),
          row.getObject("settled_at") != null,
          row.getObject("intent_id", UUID.class),
          row.getString("trace"));
    }

    private static Map<String, String> slot(@Nullable String slot) {
      return slot == null ? Map.of() : Map.of(SLOT, slot);
    }
  }
}
