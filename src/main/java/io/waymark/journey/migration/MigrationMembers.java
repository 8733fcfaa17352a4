package io.waymark.journey.migration;

import io.waymark.journey.Participation;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whom a migration still has to move, whom it could not, and who is on which version at all. Owns
 * {@code migration_failure}; who was moved is in {@code customer_move}.
 */
@Component
public class MigrationMembers {

  private final JdbcClient jdbc;
  private final Clock clock;

  MigrationMembers(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Participations still in the old version and not tried in vain, in their order. */
  List<Long> next(MigrationPlan plan, int most) {
    return jdbc.sql(
            """
            select p.id from participation p
             where p.journey_version_id = :from and p.left_at is null
               and p.process_instance_id is not null
               and not exists (select from migration_failure f
                                where f.plan_id = :plan and f.participation_id = p.id)
             order by p.id limit :most
            """)
        .param("from", plan.fromVersionId())
        .param("plan", plan.id())
        .param("most", most)
        .query(Long.class)
        .list();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void failed(long planId, Participation one, List<String> nodes, String reason) {
    jdbc.sql(
            """
            insert into migration_failure (plan_id, participation_id, branch, nodes, reason,
                                           failed_at)
            values (:plan, :participation, :branch, :nodes, :reason, :now)
            on conflict (plan_id, participation_id)
               do update set nodes = excluded.nodes, reason = excluded.reason,
                             failed_at = excluded.failed_at
            """)
        .param("plan", planId)
        .param("participation", one.id())
        .param("branch", one.branch())
        .param("nodes", nodes.toArray(String[]::new))
        .param("reason", reason)
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))
        .update();
  }

  /**
   * Somebody a plan could not move.
   *
   * @param nodes where he stood
   * @param reason why, in Chinese
   */
  public record Failure(
      long participationId,
      long customerId,
      String branch,
      List<String> nodes,
      String reason,
      Instant at) {}

  /** Whom a plan could not move and who is still there, by participation. */
  public List<Failure> failures(long planId, BranchScope scope, int offset, int most) {
    return jdbc.sql(
            """
            select f.participation_id, p.customer_id, f.branch, f.nodes, f.reason, f.failed_at
              from migration_failure f
              join migration_plan m on m.id = f.plan_id
              join participation p on p.id = f.participation_id
             where f.plan_id = :plan and p.left_at is null
               and p.journey_version_id = m.from_version_id
               and (:everywhere or f.branch = any(:branches))
             order by f.participation_id offset :offset limit :most
            """)
        .param("plan", planId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("offset", offset)
        .param("most", most)
        .query(MigrationMembers::failure)
        .list();
  }

  private static Failure failure(ResultSet row, int index) throws SQLException {
    return new Failure(
        row.getLong("participation_id"),
        row.getLong("customer_id"),
        row.getString("branch"),
        List.of((String[]) row.getArray("nodes").getArray()),
        row.getString("reason"),
        row.getObject("failed_at", OffsetDateTime.class).toInstant());
  }

  /** How many are still in the old version, and how many of them were tried in vain. */
  public record Rest(long inside, long failed) {}

  /** What a plan has left to do. */
  public Rest rest(MigrationPlan plan) {
    return jdbc.sql(
            """
            select count(*) as inside, count(f.plan_id) as failed
              from participation p
              left join migration_failure f on f.plan_id = :plan and f.participation_id = p.id
             where p.journey_version_id = :from and p.left_at is null
            """)
        .param("plan", plan.id())
        .param("from", plan.fromVersionId())
        .query(Rest.class)
        .single();
  }

  /** Customers of one version who stand at the same nodes. */
  record Standing(List<String> nodes, long people, long sample) {}

  List<Standing> standing(long versionId) {
    return jdbc.sql(
            """
            select nodes, count(*) as people, min(id) as sample
              from (select p.id, coalesce(array_agg(v.node order by v.node)
                                            filter (where v.node is not null), '{}') as nodes
                      from participation p
                      left join node_visit v on v.participation_id = p.id and v.left_at is null
                     where p.journey_version_id = :version and p.left_at is null
                     group by p.id) as standing
             group by nodes order by count(*) desc, nodes
            """)
        .param("version", versionId)
        .query(
            (row, index) ->
                new Standing(
                    List.of((String[]) row.getArray("nodes").getArray()),
                    row.getLong("people"),
                    row.getLong("sample")))
        .list();
  }

  /**
   * People inside one node of a version that new customers do not enter.
   *
   * @param people customers there
   * @param since the one who stands there longest came then
   */
  public record Draining(
      long versionId, int version, String node, long people, @Nullable Instant since) {}

  /** Who is still inside old versions of a journey, by version and node, within the branches. */
  public List<Draining> draining(String journeyKey, long exceptVersionId, BranchScope scope) {
    return jdbc.sql(
            """
            select j.id as version_id, j.version, v.node, count(*) as people,
                   min(v.entered_at) as since
              from journey_version j
              join participation p on p.journey_version_id = j.id and p.left_at is null
              join node_visit v on v.participation_id = p.id and v.left_at is null
             where j.journey_key = :key and j.id <> :except
               and (:everywhere or p.branch = any(:branches))
             group by j.id, j.version, v.node
             order by j.version desc, count(*) desc, v.node
            """)
        .param("key", journeyKey)
        .param("except", exceptVersionId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            (row, index) ->
                new Draining(
                    row.getLong("version_id"),
                    row.getInt("version"),
                    row.getString("node"),
                    row.getLong("people"),
                    row.getObject("since", OffsetDateTime.class).toInstant()))
        .list();
  }
}
