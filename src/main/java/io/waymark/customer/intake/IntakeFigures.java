package io.waymark.customer.intake;

import io.waymark.platform.database.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the intake book: who delivered what, what was refused, which types nobody declared. */
@Component
public class IntakeFigures {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final JdbcClient jdbc;
  private final Clock clock;

  IntakeFigures(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Sources by name over the last days, today included; silent ones with their last arrival. */
  public List<IntakeDay> sources(int days) {
    return jdbc.sql(
            """
            select source, kind, coalesce(sum(accepted) filter (where day >= :from), 0) as accepted,
                   coalesce(sum(duplicates) filter (where day >= :from), 0) as duplicates,
                   coalesce(sum(refused) filter (where day >= :from), 0) as refused,
                   max(last_at) as last_at
              from intake_day group by source, kind order by source, kind
            """)
        .param("from", LocalDate.ofInstant(clock.instant(), ZONE).minusDays(days - 1L))
        .query(
            (row, number) ->
                new IntakeDay(
                    row.getString("source"),
                    row.getString("kind"),
                    row.getLong("accepted"),
                    row.getLong("duplicates"),
                    row.getLong("refused"),
                    Columns.instant(row, "last_at")))
        .list();
  }

  /** Reasons of refusals over the last days, the most frequent first. */
  public List<Refusals> refusals(int days, int limit) {
    return jdbc.sql(
            """
            select source, kind, field, code, min(message) as message, count(*) as rows,
                   max(sample) as sample
              from rejected_row where at >= :from
             group by source, kind, field, code order by count(*) desc, source, field limit :limit
            """)
        .param("from", Columns.timestamp(clock.instant().minus(Duration.ofDays(days))))
        .param("limit", limit)
        .query(
            (row, number) ->
                new Refusals(
                    row.getString("source"),
                    row.getString("kind"),
                    row.getString("field"),
                    row.getString("code"),
                    row.getString("message"),
                    row.getLong("rows"),
                    row.getString("sample")))
        .list();
  }

  /** Types that come in and that nobody has declared yet, the latest first. */
  public List<UndeclaredType> undeclared(int limit) {
    return jdbc.sql(
            """
            select u.* from undeclared_event_type u
             where not exists (select from event_type t where t.code = u.type)
             order by u.last_at desc, u.type limit ?
            """)
        .param(limit)
        .query(
            (row, number) ->
                new UndeclaredType(
                    row.getString("type"),
                    row.getString("source"),
                    row.getLong("events"),
                    Columns.instant(row, "first_at"),
                    Columns.instant(row, "last_at")))
        .list();
  }
}
