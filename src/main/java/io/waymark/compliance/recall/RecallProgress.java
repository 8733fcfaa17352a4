package io.waymark.compliance.recall;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How far the work of a recall has come; whoever writes it holds the recall's row. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class RecallProgress {

  private final JdbcClient jdbc;
  private final Clock clock;

  RecallProgress(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Locks a recall until the transaction ends; empty while another node works on it. */
  public Optional<Place> lock(long recallId) {
    return jdbc.sql(
            """
            select kind, target, lifted_at is not null as lifted, outbox_after, in_app_after,
                   stopped_at is not null as stopped, listed_to, listed_to_id,
                   listed_at is not null as listed
              from recall where recall_id = ? for update skip locked
            """)
        .param(recallId)
        .query(
            (row, number) -> {
              Timestamp listedTo = row.getTimestamp("listed_to");
              return new Place(
                  new RecallTarget(RecallKind.of(row.getString("kind")), row.getString("target")),
                  row.getBoolean("lifted"),
                  row.getObject("outbox_after", UUID.class),
                  row.getObject("in_app_after", UUID.class),
                  row.getBoolean("stopped"),
                  listedTo == null ? null : listedTo.toInstant(),
                  row.getObject("listed_to_id", UUID.class),
                  row.getBoolean("listed"));
            })
        .optional();
  }

  /** Waiting messages up to this id were looked at. */
  public void withheld(long recallId, UUID after, int messages) {
    jdbc.sql("update recall set outbox_after = ?, withheld = withheld + ? where recall_id = ?")
        .params(after, messages, recallId)
        .update();
  }

  /** What stands in the App was looked at up to this id. */
  public void takenDown(long recallId, UUID after, int messages) {
    jdbc.sql("update recall set in_app_after = ?, taken_down = taken_down + ? where recall_id = ?")
        .params(after, messages, recallId)
        .update();
  }

  /** Nothing of it is waiting any more. */
  public void stopped(long recallId) {
    jdbc.sql("update recall set stopped_at = ? where recall_id = ?")
        .params(Timestamp.from(clock.instant()), recallId)
        .update();
  }

  /** So many customers stand still because of it. */
  public void held(long recallId, long customers) {
    jdbc.sql("update recall set held = ? where recall_id = ?").params(customers, recallId).update();
  }

  /** More messages were found that had left before. */
  public void reached(long recallId, int messages) {
    jdbc.sql("update recall set reached = reached + ? where recall_id = ?")
        .params(messages, recallId)
        .update();
  }

  /** Messages were looked at from the newest back to this one. */
  public void listedTo(long recallId, Instant at, UUID id) {
    jdbc.sql("update recall set listed_to = ?, listed_to_id = ? where recall_id = ?")
        .params(Timestamp.from(at), id, recallId)
        .update();
  }

  /** Every message there ever was has been looked at. */
  public void listed(long recallId) {
    jdbc.sql("update recall set listed_at = ? where recall_id = ?")
        .params(Timestamp.from(clock.instant()), recallId)
        .update();
  }

  /**
   * Where the work stands.
   *
   * @param outboxAfter last waiting message looked at; null before the first
   * @param inAppAfter last message in the App looked at; null before the first
   * @param stopped whether nothing waits any more
   * @param listedTo creation of the last message looked at on the way back; null before the first
   * @param listed whether the list of those reached is complete
   */
  public record Place(
      RecallTarget target,
      boolean lifted,
      @Nullable UUID outboxAfter,
      @Nullable UUID inAppAfter,
      boolean stopped,
      @Nullable Instant listedTo,
      @Nullable UUID listedToId,
      boolean listed) {}
}
