package io.waymark.segment.value;

import io.waymark.customer.tag.TagValue;
import io.waymark.customer.tag.TagWriter;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Table {@code rfm_score}: recency, frequency and money of everybody who bought in the window,
 * scored in one statement, then written as tags piece by piece. After a crash the next writing goes
 * on with the rows that are left.
 */
@Component
public class RfmScores {

  /** The tag the three digits are written to. */
  public static final String TAG = "rfm";

  private static final String ACTOR = "score:rfm";
  private static final int PIECE = 5_000;

  /** A value that did not change is confirmed this often, well within its tag's freshness. */
  private static final Duration CONFIRMED = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final TagWriter tags;
  private final TransactionTemplate transaction;

  RfmScores(JdbcClient jdbc, TagWriter tags, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.tags = tags;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Scores everybody who bought in the window that ends now. Nobody's tag is changed yet.
   *
   * @param version of the model, kept with the scores
   * @return how many were scored
   */
  @Transactional
  public int compute(RfmSettings settings, String version, Instant now) {
    // The rank of the worst among equals decides, so that equal figures score equally; one
    // purchase, the most frequent number of all, is then never better than the lowest group.
    return jdbc.sql(
            """
            with bought as materialized
              (select e.customer_id, max(e.occurred_at) as last_at, count(*) as frequency,
                      coalesce(sum(case jsonb_typeof(e.properties -> :amount)
                                   when 'number' then (e.properties ->> :amount)::numeric end), 0)
                        as monetary
                 from customer_event e
                where e.type = any(:events) and e.occurred_at > :from and e.occurred_at <= :now
                group by e.customer_id),
            measured as
              (select b.customer_id, c.branch, b.frequency, b.monetary,
                      :today::date - (b.last_at at time zone :zone)::date as recency_days
                 from bought b join customer c on c.id = b.customer_id),
            ranked as
              (select measured.*, count(*) over () as everybody,
                      rank() over (order by recency_days desc) - 1 as r,
                      rank() over (order by frequency) - 1 as f,
                      rank() over (order by monetary) - 1 as m
                 from measured)
            insert into rfm_score as s
                   (customer_id, branch, recency_days, frequency, monetary, r, f, m, computed_at,
                    version)
            select customer_id, branch, recency_days, frequency, monetary,
                   1 + r * :bins / everybody, 1 + f * :bins / everybody,
                   1 + m * :bins / everybody, :now, :version
              from ranked order by customer_id
            on conflict (customer_id) do update
               set branch = excluded.branch, recency_days = excluded.recency_days,
                   frequency = excluded.frequency, monetary = excluded.monetary,
                   r = excluded.r, f = excluded.f, m = excluded.m,
                   computed_at = excluded.computed_at, version = excluded.version,
                   tagged_at = case when (s.r, s.f, s.m) = (excluded.r, excluded.f, excluded.m)
                                     and s.tagged_at > :confirmed then s.tagged_at end
            """)
        .param("amount", settings.amount())
        .param("events", settings.events().toArray(String[]::new))
        .param("from", Columns.timestamp(now.minus(Duration.ofDays(settings.days()))))
        .param("now", Columns.timestamp(now))
        .param("today", LocalDate.ofInstant(now, ExchangeCalendar.ZONE))
        .param("zone", ExchangeCalendar.ZONE.getId())
        .param("bins", settings.bins())
        .param("version", version)
        .param("confirmed", Columns.timestamp(now.minus(CONFIRMED)))
        .update();
  }

  /**
   * Writes the scores that changed as tags and takes them from whoever bought nothing any more; one
   * transaction for each piece.
   *
   * @param computed the moment given to {@link #compute}
   */
  public void writeTags(Instant computed) {
    while (Boolean.TRUE.equals(transaction.execute(status -> writePiece(computed)))) {
      // The next piece.
    }
    while (Boolean.TRUE.equals(transaction.execute(status -> takeAwayPiece(computed)))) {
      // The next piece.
    }
  }

  private boolean writePiece(Instant computed) {
    List<RfmScore> piece =
        jdbc.sql(
                """
                with piece as
                  (select customer_id from rfm_score
                    where tagged_at is null and computed_at = :computed
                    order by customer_id limit :most for update)
                update rfm_score s set tagged_at = :computed
                  from piece where s.customer_id = piece.customer_id
                returning s.customer_id, s.recency_days, s.frequency, s.monetary, s.r, s.f, s.m
                """)
            .param("computed", Columns.timestamp(computed))
            .param("most", PIECE)
            .query(RfmScores::read)
            .list();
    tags.setAll(
        piece.stream()
            .map(score -> new TagValue(score.customerId(), TAG, score.code(), computed))
            .toList(),
        ACTOR);
    return piece.size() == PIECE;
  }

  private boolean takeAwayPiece(Instant computed) {
    List<Long> gone =
        jdbc.sql(
                """
                delete from rfm_score where customer_id in
                  (select customer_id from rfm_score where computed_at < :computed
                    order by customer_id limit :most for update)
                returning customer_id
                """)
            .param("computed", Columns.timestamp(computed))
            .param("most", PIECE)
            .query(Long.class)
            .list();
    if (!gone.isEmpty()) {
      tags.remove(TAG, gone, ACTOR);
    }
    return gone.size() == PIECE;
  }

  /** The last scores of these customers; who bought nothing in the window has none. */
  public List<RfmScore> of(Collection<Long> customerIds) {
    return jdbc.sql(
            """
            select customer_id, recency_days, frequency, monetary, r, f, m from rfm_score
             where customer_id = any(?) order by customer_id
            """)
        .param(Columns.longs(customerIds))
        .query(RfmScores::read)
        .list();
  }

  private static RfmScore read(ResultSet row, int number) throws SQLException {
    return new RfmScore(
        row.getLong("customer_id"),
        row.getInt("recency_days"),
        row.getLong("frequency"),
        row.getBigDecimal("monetary"),
        row.getInt("r"),
        row.getInt("f"),
        row.getInt("m"));
  }
}
