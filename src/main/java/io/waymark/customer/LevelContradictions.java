package io.waymark.customer;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What tightens levels: kept for ever, counted until the next assessment. Nothing here can raise a
 * level; {@link RiskAssessments#current} takes the lowest.
 */
@Component
public class LevelContradictions {

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  LevelContradictions(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Lets what is concluded about these customers be concluded by one transaction at a time; their
   * rows are taken in ascending order.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void lock(Map<Long, String> branchByCustomer) {
    List<Long> customers = branchByCustomer.keySet().stream().sorted().toList();
    jdbc.sql(
            """
            insert into behaviour_watch as w (customer_id, branch, seen_at)
            select customer_id, branch, :now
              from unnest(:customers::bigint[], :branches::text[]) as g (customer_id, branch)
             order by customer_id
            on conflict (customer_id) do update set seen_at = excluded.seen_at
            """)
        .param("now", Columns.timestamp(clock.instant()))
        .param("customers", Columns.longs(customers))
        .param("branches", Columns.texts(customers, branchByCustomer::get))
        .update();
  }

  /**
   * Records contradictions; one of the same rule against the same assessment is recorded once.
   *
   * @return those that are new
   */
  @Transactional
  public List<LevelContradiction> record(List<LevelContradiction> found) {
    List<LevelContradiction> fresh = new ArrayList<>();
    for (LevelContradiction one : found) {
      int written =
          jdbc.sql(
                  """
                  insert into level_contradiction
                         (customer_id, branch, rule, event_seq, at, assessed_at, assessed_level,
                          level_after, policy_version, recorded_at)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  on conflict (customer_id, assessed_at, rule) do nothing
                  """)
              .params(
                  one.customerId(),
                  one.branch(),
                  one.rule(),
                  one.eventSeq(),
                  Columns.timestamp(one.at()),
                  Columns.timestamp(one.assessedAt()),
                  one.assessedLevel().name(),
                  one.levelAfter().name(),
                  one.policyVersion(),
                  Columns.timestamp(clock.instant()))
              .update();
      if (written == 1) {
        fresh.add(one);
      }
    }
    evidence.appendAll(fresh.stream().map(LevelContradictions::proof).toList());
    return fresh;
  }

  /** What contradicts the levels of some customers, latest first. */
  public List<LevelContradiction> of(Collection<Long> customerIds) {
    return jdbc.sql(
            """
            select * from level_contradiction where customer_id = any(?)
             order by recorded_at desc, id desc
            """)
        .param(Columns.longs(customerIds))
        .query(LevelContradictions::read)
        .list();
  }

  private static EvidenceEntry proof(LevelContradiction one) {
    return new EvidenceEntry(
        EvidenceKind.LEVEL_CONTRADICTED,
        "customer:" + one.customerId(),
        one.customerId(),
        one.branch(),
        "system",
        Map.of(
            "rule", one.rule(),
            "event", one.eventSeq(),
            "assessedLevel", one.assessedLevel().name(),
            "levelAfter", one.levelAfter().name(),
            "policy", one.policyVersion()));
  }

  private static LevelContradiction read(ResultSet row, int number) throws SQLException {
    return new LevelContradiction(
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getString("rule"),
        row.getLong("event_seq"),
        Columns.instant(row, "at"),
        Columns.instant(row, "assessed_at"),
        RiskTolerance.valueOf(row.getString("assessed_level")),
        RiskTolerance.valueOf(row.getString("level_after")),
        row.getString("policy_version"));
  }
}
