package io.waymark.segment.decay;

import io.waymark.platform.database.Columns;
import io.waymark.segment.model.CustomerPieces;
import io.waymark.segment.rule.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Measures one signal for some customers in one statement. */
final class DecaySql {

  /** Fewer weekly readings than this say nothing of a level. */
  private static final int READINGS = 4;

  private DecaySql() {}

  /**
   * @param fresh how old the present value of a tag may be; null for any age
   */
  static Sql of(
      DecaySignal signal, Collection<Long> customerIds, Instant now, @Nullable Duration fresh) {
    Instant middle = now.minus(Duration.ofDays(signal.recentDays()));
    Instant start = middle.minus(Duration.ofDays(signal.baseDays()));
    Sql measured =
        signal.tag() == null
            ? events(signal, start, middle, now)
            : tag(signal.tag(), start, middle, fresh == null ? Instant.EPOCH : now.minus(fresh));
    return Sql.sql(
            """
            select c.id, c.branch, m.recent, m.base, d.percent as former,
                   coalesce(d.alarmed, false) as alarmed, d.since, d.as_of
              from (select c.*\s\
            """)
        .with(CustomerPieces.among(customerIds))
        .with(Sql.sql(") c cross join lateral ("))
        .with(measured)
        .with(
            Sql.sql(
                """
                ) m left join decay_score d on d.customer_id = c.id and d.signal = ?
                 order by c.id
                """,
                signal.code()));
  }

  private static Sql events(DecaySignal signal, Instant start, Instant middle, Instant now) {
    Sql one =
        signal.amount() == null
            ? Sql.sql("1")
            : Sql.sql(
                """
                case jsonb_typeof(e.properties -> ?)
                  when 'number' then (e.properties ->> ?)::numeric end\
                """,
                signal.amount(),
                Objects.requireNonNull(signal.amount()));
    return Sql.sql("select coalesce(sum(")
        .with(one)
        .with(
            Sql.sql(
                ") filter (where e.occurred_at > ?), 0) as recent, coalesce(sum(",
                Columns.timestamp(middle)))
        .with(one)
        .with(
            Sql.sql(
                """
                ) filter (where e.occurred_at <= ?), 0) as base
                  from customer_event e
                 where e.customer_id = c.id and e.type = any(?)
                   and e.occurred_at > ? and e.occurred_at <= ?\
                """,
                Columns.timestamp(middle),
                signal.events().toArray(String[]::new),
                Columns.timestamp(start),
                Columns.timestamp(now)));
  }

  private static Sql tag(String tag, Instant start, Instant middle, Instant oldest) {
    return Sql.sql(
        """
        select (select t.number from customer_tag t
                 where t.customer_id = c.id and t.tag = ? and t.as_of >= ?) as recent,
               (select case when count(*) >= ? then avg(r.value) end from decay_reading r
                 where r.customer_id = c.id and r.tag = ?
                   and r.taken_at > ? and r.taken_at <= ?) as base\
        """,
        tag,
        Columns.timestamp(oldest),
        READINGS,
        tag,
        Columns.timestamp(start),
        Columns.timestamp(middle));
  }
}
