package io.waymark.engine.watch;

import io.waymark.engine.watch.Found.Group;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes what was found. Owns {@code watch_alert}, {@code watch_case} and {@code watch_run}. */
@Component
class AlertBook {

  private final JdbcClient jdbc;
  private final Clock clock;

  AlertBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Brings the alerts of one kind to what was found; what is not found any more is resolved. */
  @Transactional(propagation = Propagation.MANDATORY)
  void write(StuckKind kind, List<Found> found) {
    Map<Group, Long> groups = new LinkedHashMap<>();
    found.forEach(one -> groups.put(one.group(), one.inGroup()));
    Map<Group, Long> alerts = raise(kind, groups);
    resolve(kind, alerts.values());
    forgetCases(alerts.values(), found, alerts);
    writeCases(found, alerts);
  }

  private Map<Group, Long> raise(StuckKind kind, Map<Group, Long> groups) {
    Map<Group, Long> alerts = new HashMap<>();
    if (groups.isEmpty()) {
      return alerts;
    }
    List<Group> keys = List.copyOf(groups.keySet());
    jdbc.sql(
            """
            insert into watch_alert as a (kind, journey_key, version, node, status, cases,
                                          first_seen_at, last_seen_at)
            select :kind, g.journey_key, g.version, g.node, 'open', g.cases, :now, :now
              from unnest(:journeys, :versions, :nodes, :cases)
                     as g (journey_key, version, node, cases)
                on conflict (kind, journey_key, version, node) where status <> 'resolved'
                do update set cases = excluded.cases, last_seen_at = excluded.last_seen_at,
                              status = case when excluded.cases > a.acknowledged_of
                                            then 'open' else a.status end
            returning id, journey_key, version, node
            """)
        .param("kind", kind.code())
        .param("now", now())
        .param("journeys", keys.stream().map(Group::journeyKey).toArray(String[]::new))
        .param("versions", keys.stream().map(Group::version).toArray(Integer[]::new))
        .param("nodes", keys.stream().map(Group::node).toArray(String[]::new))
        .param("cases", keys.stream().map(groups::get).toArray(Long[]::new))
        .query(
            row -> {
              alerts.put(
                  new Group(
                      row.getString("journey_key"), row.getInt("version"), row.getString("node")),
                  row.getLong("id"));
            });
    return alerts;
  }

  private void resolve(StuckKind kind, Collection<Long> standing) {
    jdbc.sql(
            """
            with gone as (
              update watch_alert set status = 'resolved', resolved_at = :now
               where kind = :kind and status <> 'resolved' and id <> all(:standing)
              returning id)
            delete from watch_case c using gone where c.alert_id = gone.id
            """)
        .param("now", now())
        .param("kind", kind.code())
        .param("standing", standing.toArray(Long[]::new))
        .update();
  }

  private void forgetCases(Collection<Long> standing, List<Found> found, Map<Group, Long> alerts) {
    jdbc.sql(
            """
            delete from watch_case c
             where c.alert_id = any(:standing)
               and not exists (select from unnest(:alerts, :subjects) as f (alert, subject)
                                where f.alert = c.alert_id and f.subject = c.subject)
            """)
        .param("standing", standing.toArray(Long[]::new))
        .param("alerts", column(found, one -> alerts.get(one.group()), Long[]::new))
        .param("subjects", column(found, Found::subject, String[]::new))
        .update();
  }

  private void writeCases(List<Found> found, Map<Group, Long> alerts) {
    if (found.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into watch_case (alert_id, subject, participation_id, customer_id, branch,
                                    instance_id, node, detail, since)
            select f.alert, f.subject, nullif(f.participation, 0), nullif(f.customer, 0), f.branch,
                   nullif(f.instance, ''), f.node, f.detail, f.since
              from unnest(:alerts, :subjects, :participations, :customers, :branches, :instances,
                          :nodes, :details, :since::timestamptz[])
                     as f (alert, subject, participation, customer, branch, instance, node, detail,
                           since)
                on conflict (alert_id, subject) do update set detail = excluded.detail
             where watch_case.detail <> excluded.detail
            """)
        .param("alerts", column(found, one -> alerts.get(one.group()), Long[]::new))
        .param("subjects", column(found, Found::subject, String[]::new))
        .param("participations", column(found, one -> or0(one.participationId()), Long[]::new))
        .param("customers", column(found, one -> or0(one.customerId()), Long[]::new))
        .param("branches", column(found, Found::branch, String[]::new))
        .param(
            "instances",
            column(found, one -> Objects.requireNonNullElse(one.instanceId(), ""), String[]::new))
        .param("nodes", column(found, Found::node, String[]::new))
        .param("details", column(found, Found::detail, String[]::new))
        .param("since", column(found, one -> one.since().toString(), String[]::new))
        .update();
  }

  /** Notes that a look is over. */
  @Transactional
  void looked(Duration took, long found) {
    jdbc.sql(
            """
            insert into watch_run (finished_at, took_ms, found) values (:now, :took, :found)
                on conflict (one) do update
               set finished_at = excluded.finished_at, took_ms = excluded.took_ms,
                   found = excluded.found
            """)
        .param("now", now())
        .param("took", took.toMillis())
        .param("found", found)
        .update();
  }

  private static Long or0(@Nullable Long id) {
    return Objects.requireNonNullElse(id, 0L);
  }

  private static <T> T[] column(
      List<Found> found, Function<Found, ? extends @Nullable T> value, IntFunction<T[]> array) {
    return found.stream().map(value).toArray(array);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
