package io.waymark.journey;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which customers were moved inside their journeys, by whom and why. Owns {@code customer_move};
 * the words of the reason stay here, the evidence names the act and the nodes.
 */
@Component
public class MoveHistory {

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final EvidenceLog evidence;
  private final Clock clock;

  MoveHistory(JdbcClient jdbc, JdbcTemplate template, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.template = template;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * One act on one customer.
   *
   * @param participation as it was before the act
   * @param toVersionId version the customer is in afterwards
   * @param act {@code migrate}, {@code retry}, {@code skip}, {@code move}, {@code end}, {@code
   *     timer_drop}, {@code timer_hold} or {@code timer_release}
   * @param to where the customer stands afterwards, as far as the act says so
   * @param planId the migration that did it; null for an act on single customers
   */
  public record Act(
      Participation participation,
      long toVersionId,
      String act,
      List<String> from,
      List<String> to,
      @Nullable Long planId) {

    public Act {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /**
   * An act as it was noted.
   *
   * @param reason in the person's words
   */
  public record Move(
      long id,
      long participationId,
      String act,
      List<String> from,
      List<String> to,
      @Nullable Long planId,
      String reason,
      String by,
      Instant at) {}

  /** Writes acts and their evidence in the transaction that makes them. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void write(Collection<Act> acts, String reason, String by) {
    if (acts.isEmpty()) {
      return;
    }
    OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
    template.batchUpdate(
        """
        insert into customer_move (participation_id, customer_id, branch, journey_key,
                                   from_version_id, to_version_id, act, from_nodes, to_nodes,
                                   plan_id, reason, moved_by, moved_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        acts,
        acts.size(),
        (row, act) -> {
          row.setLong(1, act.participation().id());
          row.setLong(2, act.participation().customerId());
          row.setString(3, act.participation().branch());
          row.setString(4, act.participation().journeyKey());
          row.setLong(5, act.participation().journeyVersionId());
          row.setLong(6, act.toVersionId());
          row.setString(7, act.act());
          row.setArray(8, row.getConnection().createArrayOf("text", act.from().toArray()));
          row.setArray(9, row.getConnection().createArrayOf("text", act.to().toArray()));
          row.setObject(10, act.planId());
          row.setString(11, reason);
          row.setString(12, by);
          row.setObject(13, now);
        });
    evidence.appendAll(acts.stream().map(act -> entry(act, by)).toList());
  }

  private static EvidenceEntry entry(Act act, String by) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("journey", act.participation().journeyKey());
    facts.put("act", act.act());
    facts.put("from", String.join(",", act.from()));
    facts.put("to", String.join(",", act.to()));
    facts.put("fromVersion", act.participation().journeyVersionId());
    facts.put("toVersion", act.toVersionId());
    if (act.planId() != null) {
      facts.put("plan", act.planId());
    }
    return new EvidenceEntry(
        EvidenceKind.CUSTOMER_MOVED,
        "participation:" + act.participation().id(),
        act.participation().customerId(),
        act.participation().branch(),
        by,
        facts);
  }

  /** All acts on one participation, newest first. */
  public List<Move> of(long participationId) {
    return jdbc.sql(
            """
            select id, participation_id, act, from_nodes, to_nodes, plan_id, reason, moved_by,
                   moved_at
              from customer_move where participation_id = :participation order by id desc
            """)
        .param("participation", participationId)
        .query(MoveHistory::move)
        .list();
  }

  private static Move move(ResultSet row, int index) throws SQLException {
    return new Move(
        row.getLong("id"),
        row.getLong("participation_id"),
        row.getString("act"),
        List.of((String[]) row.getArray("from_nodes").getArray()),
        List.of((String[]) row.getArray("to_nodes").getArray()),
        row.getObject("plan_id", Long.class),
        row.getString("reason"),
        row.getString("moved_by"),
        row.getObject("moved_at", OffsetDateTime.class).toInstant());
  }
}
