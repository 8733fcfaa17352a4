package io.waymark.customer.event;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Events put aside because their delivery kept failing; an operator sends them again or drops them.
 */
@Component
public class ParkedEvents {

  private static final String SELECT =
      """
      select p.*, e.type
        from event_parked p
        join customer_event e on e.seq = p.seq and e.occurred_at = p.occurred_at
       where (:everywhere or p.branch = any(:branches))
      """;

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ArrivalSignal signal;
  private final Clock clock;

  ParkedEvents(JdbcClient jdbc, EvidenceLog evidence, ArrivalSignal signal, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.signal = signal;
    this.clock = clock;
  }

  /** Parked events within the scope, latest first. */
  public List<ParkedEvent> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(SELECT + " order by p.id desc offset :offset limit :limit")
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("limit", limit)
        .query(ParkedEvents::read)
        .list();
  }

  /**
   * Queues a parked event again, behind what has come since.
   *
   * @return whether there was one within the scope
   */
  @Transactional
  public boolean retry(long id, BranchScope scope, String actor) {
    Optional<ParkedEvent> parked = take(id, scope);
    parked.ifPresent(
        event -> {
          jdbc.sql(
                  """
                  insert into event_queue
                         (seq, occurred_at, customer_id, branch, participation_id, due_at)
                  values (?, ?, ?, ?, ?, ?)
                  """)
              .params(
                  event.seq(),
                  Columns.timestamp(event.occurredAt()),
                  event.customerId(),
                  event.branch(),
                  event.participationId(),
                  Columns.timestamp(clock.instant()))
              .update();
          prove(EvidenceKind.EVENT_RETRIED, event, actor);
          signal.afterCommit(1);
        });
    return parked.isPresent();
  }

  /**
   * Gives a parked event up: no journey will ever see it; it stays in the customer's history.
   *
   * @return whether there was one within the scope
   */
  @Transactional
  public boolean drop(long id, BranchScope scope, String actor) {
    Optional<ParkedEvent> parked = take(id, scope);
    parked.ifPresent(event -> prove(EvidenceKind.EVENT_DROPPED, event, actor));
    return parked.isPresent();
  }

  private Optional<ParkedEvent> take(long id, BranchScope scope) {
    Optional<ParkedEvent> parked =
        jdbc.sql(SELECT + " and p.id = :id for update of p")
            .param("everywhere", scope.all())
            .param("branches", scope.asArray())
            .param("id", id)
            .query(ParkedEvents::read)
            .optional();
    parked.ifPresent(event -> jdbc.sql("delete from event_parked where id = ?").param(id).update());
    return parked;
  }

  private void prove(EvidenceKind kind, ParkedEvent event, String actor) {
    evidence.append(
        new EvidenceEntry(
            kind,
            "event:" + event.seq(),
            event.customerId(),
            event.branch(),
            actor,
            Map.of("type", event.type(), "attempts", event.attempts())));
  }

  private static ParkedEvent read(ResultSet row, int number) throws SQLException {
    return new ParkedEvent(
        row.getLong("id"),
        row.getLong("seq"),
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getString("type"),
        Columns.instant(row, "occurred_at"),
        row.getObject("participation_id", Long.class),
        row.getInt("attempts"),
        row.getString("reason"),
        Columns.instant(row, "parked_at"));
  }
}
