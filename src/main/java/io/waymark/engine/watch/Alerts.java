package io.waymark.engine.watch;

import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The alerts as people see them. Reads {@code watch_alert} and {@code watch_case}, which {@link
 * AlertBook} writes. Who is limited to branches sees the alerts with cases of theirs, counted by
 * those.
 */
@Component
public class Alerts {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration KEPT = Duration.ofDays(400);

  private static final String VISIBLE =
      """
      select a.id, a.kind, a.journey_key, a.version, a.node, a.status, a.first_seen_at,
             a.last_seen_at, a.acknowledged_by, a.acknowledged_at, a.note, a.resolved_at,
             case when :everywhere then a.cases else own.cases end as cases
        from watch_alert a
        cross join lateral (select count(*) as cases from watch_case c
                             where c.alert_id = a.id and c.branch = any(:branches)) own
       where (:everywhere or own.cases > 0)
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  Alerts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Alerts that stand, or those resolved lately; most customers first.
   *
   * @param status open, acknowledged, resolved; null for all that stand
   * @param kind only this kind; null for every kind
   * @param journeyKey only this journey; null for every journey
   */
  public List<Alert> page(
      @Nullable String status,
      @Nullable StuckKind kind,
      @Nullable String journeyKey,
      BranchScope scope,
      int offset,
      int limit) {
    return scoped(
            VISIBLE
                + """
                   and (case when :status::text is null then a.status <> 'resolved'
                             else a.status = :status end)
                   and (:kind::text is null or a.kind = :kind)
                   and (:journey::text is null or a.journey_key = :journey)
                 order by a.status = 'acknowledged', coalesce(a.resolved_at, 'epoch') desc,
                          cases desc, a.id
                offset :offset limit :limit
                """,
            scope)
        .param("status", status)
        .param("kind", kind == null ? null : kind.code())
        .param("journey", journeyKey)
        .param("offset", offset)
        .param("limit", limit)
        .query(Alerts::read)
        .list();
  }

  /** One alert; empty when there is none or nobody of the scope is concerned. */
  public Optional<Alert> find(long id, BranchScope scope) {
    return scoped(VISIBLE + " and a.id = :id", scope)
        .param("id", id)
        .query(Alerts::read)
        .optional();
  }

  /** Alerts that nobody has looked at. */
  public long open(BranchScope scope) {
    return scoped("select count(*) from (" + VISIBLE + " and a.status = 'open') as o", scope)
        .query(Long.class)
        .single();
  }

  /** How many things of each kind are stuck now, acknowledged ones included. */
  public Map<StuckKind, Long> standing() {
    Map<StuckKind, Long> counts = new EnumMap<>(StuckKind.class);
    jdbc.sql(
            """
            select kind, sum(cases) as cases from watch_alert
             where status <> 'resolved' group by kind
            """)
        .query(
            row -> {
              counts.put(StuckKind.of(row.getString("kind")), row.getLong("cases"));
            });
    return counts;
  }

  /** The cases behind an alert that have stood longest. */
  public List<StuckCase> cases(long alertId, BranchScope scope, int offset, int limit) {
    return scoped(
            """
            select subject, participation_id, customer_id, branch, instance_id, node, detail, since
              from watch_case
             where alert_id = :id and (:everywhere or branch = any(:branches))
             order by since, subject offset :offset limit :limit
            """,
            scope)
        .param("id", alertId)
        .param("offset", offset)
        .param("limit", limit)
        .query(Alerts::readCase)
        .list();
  }

  /** What is stuck of one participation. */
  public List<StuckKind> of(long participationId) {
    return jdbc.sql(
            """
            select distinct a.kind from watch_case c join watch_alert a on a.id = c.alert_id
             where c.participation_id = ? and a.status <> 'resolved' order by a.kind
            """)
        .param(participationId)
        .query((row, number) -> StuckKind.of(row.getString(1)))
        .list();
  }

  /**
   * Notes that somebody looks after it; more cases than now open it again.
   *
   * @return false when it is not open any more, or not in the scope
   */
  @Transactional
  public boolean acknowledge(long id, String by, String note, BranchScope scope) {
    return scoped(
                """
                update watch_alert a
                   set status = 'acknowledged', acknowledged_by = :by, acknowledged_at = :now,
                       note = :note, acknowledged_of = cases
                 where id = :id and status = 'open'
                   and (:everywhere or exists (select from watch_case c
                         where c.alert_id = a.id and c.branch = any(:branches)))
                """,
                scope)
            .param("by", by)
            .param("note", note)
            .param("now", OffsetDateTime.ofInstant(clock.instant(), ZONE))
            .param("id", id)
            .update()
        == 1;
  }

  /** When the watchdog looked last, whichever node it was; empty before the first time. */
  public Optional<Instant> lookedAt() {
    return jdbc.sql("select finished_at from watch_run")
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  /** Removes what was resolved long ago. */
  @Transactional
  int forget() {
    return jdbc.sql("delete from watch_alert where status = 'resolved' and resolved_at < ?")
        .param(OffsetDateTime.ofInstant(clock.instant().minus(KEPT), ZONE))
        .update();
  }

  private JdbcClient.StatementSpec scoped(String sql, BranchScope scope) {
    return jdbc.sql(sql).param("everywhere", scope.all()).param("branches", scope.asArray());
  }

  private static Alert read(ResultSet row, int number) throws SQLException {
    return new Alert(
        row.getLong("id"),
        StuckKind.of(row.getString("kind")),
        row.getString("journey_key"),
        row.getInt("version"),
        row.getString("node"),
        row.getString("status"),
        row.getLong("cases"),
        row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
        row.getString("acknowledged_by"),
        instant(row, "acknowledged_at"),
        row.getString("note"),
        instant(row, "resolved_at"));
  }

  private static StuckCase readCase(ResultSet row, int number) throws SQLException {
    return new StuckCase(
        row.getString("subject"),
        row.getObject("participation_id", Long.class),
        row.getObject("customer_id", Long.class),
        row.getString("branch"),
        row.getString("instance_id"),
        row.getString("node"),
        row.getString("detail"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
