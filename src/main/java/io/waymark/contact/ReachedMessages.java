package io.waymark.contact;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import io.waymark.platform.staff.BranchScope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who had been reached with something before it was recalled. */
@Component
public class ReachedMessages {

  private static final int CHUNK = 1_000;
  private static final UUID LAST = new UUID(-1, -1);

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;

  ReachedMessages(JdbcClient jdbc, EvidenceLog evidence) {
    this.jdbc = jdbc;
    this.evidence = evidence;
  }

  /** Messages that had left, newest first, of customers the scope covers. */
  public List<ReachedMessage> page(long recallId, BranchScope scope, int offset, int limit) {
    return query(recallId, scope, LAST, offset, limit);
  }

  /** How many messages had left to customers the scope covers. */
  public long count(long recallId, BranchScope scope) {
    return jdbc.sql(
            """
            select count(*) from recall_reached
             where recall_id = :recall and (:everywhere or branch = any(:branches))
            """)
        .param("recall", recallId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Long.class)
        .single();
  }

  /**
   * Hands over all of them in chunks of at most 1,000, so that memory does not grow. That somebody
   * took them out is evidence.
   */
  @Transactional
  public void export(
      long recallId, BranchScope scope, String officer, Consumer<List<ReachedMessage>> consumer) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.EVIDENCE_EXPORTED,
            "recall:" + recallId,
            null,
            null,
            officer,
            Map.of("what", "reached", "messages", count(recallId, scope))));
    UUID before = LAST;
    List<ReachedMessage> chunk;
    do {
      chunk = query(recallId, scope, before, 0, CHUNK);
      if (!chunk.isEmpty()) {
        consumer.accept(chunk);
        before = chunk.get(chunk.size() - 1).messageId();
      }
    } while (chunk.size() == CHUNK);
  }

  /** Ids carry the moment of creation, so their order is the order of time. */
  private List<ReachedMessage> query(
      long recallId, BranchScope scope, UUID before, int offset, int limit) {
    return jdbc.sql(
            """
            select r.message_id, r.created_at, r.customer_id, r.branch, m.channel, m.template,
                   m.product, m.journey_key, m.status, m.sent_at
              from recall_reached r
              join message m on m.message_id = r.message_id and m.created_at = r.created_at
             where r.recall_id = :recall and r.message_id < :before
               and (:everywhere or r.branch = any(:branches))
             order by r.message_id desc offset :offset limit :limit
            """)
        .param("recall", recallId)
        .param("before", before)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(
            (row, number) ->
                new ReachedMessage(
                    Column.uuid(row, "message_id"),
                    Column.instant(row, "created_at"),
                    row.getLong("customer_id"),
                    row.getString("branch"),
                    Channel.of(row.getString("channel")),
                    row.getString("template"),
                    row.getString("product"),
                    row.getString("journey_key"),
                    row.getString("status"),
                    Column.instantOrNull(row, "sent_at")))
        .list();
  }
}
