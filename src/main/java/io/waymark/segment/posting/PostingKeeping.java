package io.waymark.segment.posting;

import io.waymark.platform.database.Columns;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds the lists that were asked for, those of which much has changed anew, and removes changes
 * that every list has seen. One worker of the cluster at a time, under a lock held around the
 * building transaction: changes must not be removed while a list is built that has not seen them.
 */
@Component
public class PostingKeeping {

  /** A list is built anew when it has not seen more changes than this. */
  private static final int MANY = 1_000;

  /** … or when it is older than this and has not seen something. */
  private static final Duration OLD = Duration.ofHours(1);

  /** … but a list of few changes not sooner than this, */
  private static final Duration PACE = Duration.ofMinutes(1);

  /** and one changed all over, as by an import that may still be going on, not sooner than this. */
  private static final Duration SLOW_PACE = Duration.ofMinutes(5);

  /** What nobody asks for any more loses its lists. */
  private static final Duration FORGOTTEN = Duration.ofDays(30);

  /** Days built in one transaction. */
  private static final int SOME_DAYS = 31;

  private static final int MOST_TAGS = 100;
  private static final int MOST_TYPES = 20;

  private final JdbcClient jdbc;
  private final PostingBuilding building;
  private final TransactionTemplate alone;
  private final TransactionTemplate frozen;
  private final Clock clock;

  PostingKeeping(
      JdbcClient jdbc,
      PostingBuilding building,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.building = building;
    this.clock = clock;
    this.alone = new TransactionTemplate(transactions);
    this.frozen = new TransactionTemplate(transactions);
    this.frozen.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.frozen.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  private record Due(String kind, String name, @Nullable Date day) {}

  /**
   * Goes one step on.
   *
   * @return whether a list was built; false when nothing is to do or another node does it
   */
  public boolean step() {
    Instant now = clock.instant();
    LocalDate yesterday = Needs.day(now).minusDays(1);
    // Commits before anything is built: the building transaction would wait for its locks.
    alone(
        () -> {
          raise(yesterday);
          tidy(now, yesterday);
          return true;
        });
    return alone(
        () -> {
          List<Due> due = due(now, yesterday);
          if (!due.isEmpty()) {
            frozen.executeWithoutResult(status -> build(due));
          }
          return !due.isEmpty();
        });
  }

  /**
   * A day gets lists only after every transaction has ended that may have changed it without a
   * note. When a raised day became visible, transactions that may not know of it had numbers
   * already.
   */
  private void raise(LocalDate yesterday) {
    jdbc.sql(
            """
            update posting_horizon set known_since = pg_snapshot_xmax(pg_current_snapshot())
             where known_since is null
            """)
        .update();
    jdbc.sql(
            """
            insert into posting_horizon as h (last_day)
            select ? where exists (select from posting_wish where kind = 'event')
            on conflict (one) do update set last_day = excluded.last_day, known_since = null
             where h.last_day < excluded.last_day
            """)
        .param(Date.valueOf(yesterday))
        .update();
  }

  private void tidy(Instant now, LocalDate yesterday) {
    jdbc.sql("delete from posting_wish where asked_at < ?")
        .param(Timestamp.from(now.minus(FORGOTTEN)))
        .update();
    jdbc.sql(
            """
            delete from posting p
             where p.cluster <> (select system_identifier from pg_control_system())
                or not exists (select from posting_wish w
                                where w.kind = p.kind and w.name = p.name
                                  and (p.day is null or p.day >= ?::date - w.days - 7))
            """)
        .param(Date.valueOf(yesterday))
        .update();
    jdbc.sql(
            """
            delete from posting_change x
             where not exists (
               select from posting p
                where p.kind = x.kind and (p.kind = 'customer' or p.name = any(x.names))
                  and (p.day is null or p.day between x.first_day and x.last_day)
                  and not pg_visible_in_snapshot(x.xid, p.snapshot))
            """)
        .update();
  }

  /** What is due next, most urgent first; of events some days may be built at once. */
  private List<Due> due(Instant now, LocalDate yesterday) {
    return jdbc.sql(
            """
            with wished as (
              (select kind, name, days from posting_wish where kind = 'customer')
              union all
              (select kind, name, days from posting_wish where kind = 'tag'
                order by asked_at desc, name limit :tags)
              union all
              (select kind, name, days from posting_wish where kind = 'event'
                order by asked_at desc, name limit :types)),
            wanted as (
              select kind, name, null::date as day from wished where kind <> 'event'
              union all
              select w.kind, w.name, least(h.last_day, :yesterday::date) - back
                from wished w
               cross join posting_horizon h
               cross join generate_series(0, w.days) as back
               where w.kind = 'event'
                 and h.known_since <= pg_snapshot_xmin(pg_current_snapshot())),
            unseen as (
              select p.id, count(*) filter (where x.customers is null) > 0 as all_over,
                     sum(cardinality(x.customers)) as changes
                from posting p
                join posting_change x
                  on x.kind = p.kind and (p.kind = 'customer' or p.name = any(x.names))
                 and (p.day is null or p.day between x.first_day and x.last_day)
                 and not pg_visible_in_snapshot(x.xid, p.snapshot)
               group by p.id)
            select w.kind, w.name, w.day
              from wanted w
              left join posting p
                on p.kind = w.kind and p.name = w.name and p.day is not distinct from w.day
              left join unseen u on u.id = p.id
             where p.id is null
                or u.all_over and p.built_at not between :slow and :now
                or u.changes > :many and p.built_at not between :pace and :now
                or u.id is not null and p.built_at not between :old and :now
             order by p.id is not null, w.kind, w.name, w.day desc limit :some
            """)
        .param("some", SOME_DAYS)
        .param("tags", MOST_TAGS)
        .param("types", MOST_TYPES)
        .param("yesterday", Date.valueOf(yesterday))
        .param("many", MANY)
        .param("now", Columns.timestamp(now))
        .param("slow", Columns.timestamp(now.minus(SLOW_PACE)))
        .param("pace", Columns.timestamp(now.minus(PACE)))
        .param("old", Columns.timestamp(now.minus(OLD)))
        .query(Due.class)
        .list();
  }

  private void build(List<Due> due) {
    prepare();
    Due first = due.get(0);
    if (first.day() != null) {
      LocalDate last = first.day().toLocalDate();
      building.days(first.name(), earliest(due, last), last);
    } else if (first.kind().equals("tag")) {
      building.tag(first.name());
    } else {
      building.customers();
    }
  }

  /** How far back the days that are due follow one another without a gap. */
  private static LocalDate earliest(List<Due> due, LocalDate last) {
    LocalDate earliest = last;
    for (Due one : due.subList(1, due.size())) {
      boolean next =
          one.name().equals(due.get(0).name())
              && one.day() != null
              && one.day().toLocalDate().equals(earliest.minusDays(1));
      if (!next) {
        break;
      }
      earliest = earliest.minusDays(1);
    }
    return earliest;
  }

  private void prepare() {
    jdbc.sql(
            """
            select set_config('jit', 'off', true), set_config('work_mem', '64MB', true),
                   set_config('cursor_tuple_fraction', '1', true)
            """)
        .query((row, number) -> "")
        .single();
  }

  private boolean alone(BooleanSupplier step) {
    return Boolean.TRUE.equals(
        alone.execute(
            status ->
                jdbc.sql("select pg_try_advisory_xact_lock(hashtext('waymark.posting'))")
                        .query(Boolean.class)
                        .single()
                    && step.getAsBoolean()));
  }
}
