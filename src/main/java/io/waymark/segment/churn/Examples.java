package io.waymark.segment.churn;

import io.waymark.platform.database.Columns;
import io.waymark.segment.rule.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads customers as they stood at a cut. Features are made of what happened until it, the outcome
 * of what happened after it; tags have no past and so are no features.
 */
@Component
class Examples {

  private final JdbcClient jdbc;

  Examples(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Everybody who is asked about at the cut, or an evenly chosen part of them, the same at every
   * cut.
   *
   * @param every one of so many customers is read
   */
  List<Example> at(ChurnSettings settings, Instant cut, int every) {
    return read(
        settings, cut, Sql.sql(" and mod(abs(hashint8(e.customer_id)::bigint), ?) = 0", every));
  }

  /** Those of these customers who are asked about at the cut. */
  List<Example> at(ChurnSettings settings, Instant cut, Collection<Long> customerIds) {
    return read(
        settings, cut, Sql.sql(" and e.customer_id = any(?)", (Object) Columns.longs(customerIds)));
  }

  private List<Example> read(ChurnSettings settings, Instant cut, Sql among) {
    Sql question =
        Sql.sql("with acted as materialized (")
            .with(acted(settings, cut, among))
            .with(Sql.sql("), visited as materialized ("))
            .with(visited(settings, cut, among))
            .with(
                Sql.sql(
                    """
                    )
                    select a.*, c.branch, coalesce(v.visits_30, 0) as visits_30,
                           coalesce(v.visits_90, 0) as visits_90,
                           not exists (select from customer_event n
                                        where n.customer_id = a.customer_id
                                          and n.type = any(?)
                                          and n.occurred_at > ? and n.occurred_at <= ?) as churned
                      from acted a
                      join customer c on c.id = a.customer_id
                       and c.merged_into is null and c.erased_at is null
                      left join visited v on v.customer_id = a.customer_id
                     order by a.customer_id
                    """,
                    types(settings.activity()),
                    Columns.timestamp(cut),
                    Columns.timestamp(cut.plus(Duration.ofDays(settings.horizonDays())))));
    return jdbc.sql(question.text()).params(question.values()).query(Examples::read).list();
  }

  private static Sql acted(ChurnSettings settings, Instant cut, Sql among) {
    return Sql.sql(
            """
            select e.customer_id,
                   extract(epoch from ? - max(e.occurred_at)) / 86400 as recency,
                   extract(epoch from ? - min(e.occurred_at)) / 86400 as tenure,
                   count(*) as times,
                   count(*) filter (where e.occurred_at > ?) as times_90,
                   coalesce(sum(p.amount), 0) as amount,
                   coalesce(sum(p.amount) filter (where e.occurred_at > ?), 0) as amount_90
              from customer_event e
             cross join lateral
                   (select case jsonb_typeof(e.properties -> ?)
                           when 'number' then (e.properties ->> ?)::numeric end as amount) p
             where e.type = any(?) and e.occurred_at > ? and e.occurred_at <= ?\
            """,
            Columns.timestamp(cut),
            Columns.timestamp(cut),
            before(cut, 90),
            before(cut, 90),
            settings.amount(),
            settings.amount(),
            types(settings.activity()),
            before(cut, settings.historyDays()),
            Columns.timestamp(cut))
        .with(among)
        .with(
            Sql.sql(
                " group by e.customer_id having max(e.occurred_at) > ?",
                before(cut, settings.populationDays())));
  }

  private static Sql visited(ChurnSettings settings, Instant cut, Sql among) {
    return Sql.sql(
            """
            select e.customer_id, count(*) filter (where e.occurred_at > ?) as visits_30,
                   count(*) as visits_90
              from customer_event e
             where e.type = any(?) and e.occurred_at > ? and e.occurred_at <= ?\
            """,
            before(cut, 30),
            types(settings.visits()),
            before(cut, 90),
            Columns.timestamp(cut))
        .with(among)
        .with(Sql.sql(" group by e.customer_id"));
  }

  private static Object before(Instant cut, int days) {
    return Columns.timestamp(cut.minus(Duration.ofDays(days)));
  }

  private static Object types(List<String> types) {
    return types.toArray(String[]::new);
  }

  private static Example read(ResultSet row, int number) throws SQLException {
    return Example.of(
        row.getLong("customer_id"),
        row.getString("branch"),
        new Activity(
            row.getDouble("recency"),
            row.getDouble("tenure"),
            row.getDouble("times"),
            row.getDouble("times_90"),
            row.getDouble("amount"),
            row.getDouble("amount_90"),
            row.getDouble("visits_30"),
            row.getDouble("visits_90")),
        row.getBoolean("churned"));
  }
}
