package io.waymark.customer.intake;

import io.waymark.platform.BatchReport;
import io.waymark.platform.database.Columns;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts what came in. Counted in memory and added to the tables every second, because a row per
 * source that every batch updates would let batches of one source wait for each other. A crash
 * loses a second of counting; what was taken in and what was refused is in tables of its own.
 */
@Component
public class IntakeBook {

  private static final Logger log = LoggerFactory.getLogger(IntakeBook.class);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final JdbcClient jdbc;
  private final Clock clock;
  private Map<DayKey, Count> days = new HashMap<>();
  private Map<TypeKey, Count> types = new HashMap<>();

  IntakeBook(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record DayKey(String source, String kind, LocalDate day) {}

  private record TypeKey(String type, String source) {}

  private record Count(long accepted, long duplicates, long refused, Instant first, Instant last) {

    Count plus(Count other) {
      return new Count(
          accepted + other.accepted,
          duplicates + other.duplicates,
          refused + other.refused,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }

  /** A batch was taken in. */
  public void note(String source, IntakeKind kind, BatchReport report) {
    note(source, kind, report.accepted(), report.duplicates(), report.problems().size());
  }

  /** Rows were taken in. */
  public synchronized void note(
      String source, IntakeKind kind, long accepted, long duplicates, long refused) {
    Instant now = clock.instant();
    days.merge(
        new DayKey(source, kind.code(), LocalDate.ofInstant(now, ZONE)),
        new Count(accepted, duplicates, refused, now, now),
        Count::plus);
  }

  /** Events of types nobody declared were kept, so many of each. */
  public synchronized void undeclared(String source, Map<String, Long> events) {
    Instant now = clock.instant();
    events.forEach(
        (type, count) ->
            types.merge(new TypeKey(type, source), new Count(count, 0, 0, now, now), Count::plus));
  }

  /** Adds what was counted to the tables; what cannot be added now is added next time. */
  @Scheduled(fixedDelay = 1_000)
  @PreDestroy
  public void writeDown() {
    Map<DayKey, Count> someDays;
    Map<TypeKey, Count> someTypes;
    synchronized (this) {
      someDays = days;
      someTypes = types;
      days = new HashMap<>();
      types = new HashMap<>();
    }
    try {
      writeDays(someDays);
      someDays = Map.of();
      writeTypes(someTypes);
    } catch (DataAccessException later) {
      log.warn("Intake counts could not be written, next time", later);
      giveBack(someDays, someTypes);
    }
  }

  private synchronized void giveBack(Map<DayKey, Count> someDays, Map<TypeKey, Count> someTypes) {
    someDays.forEach((key, count) -> days.merge(key, count, Count::plus));
    someTypes.forEach((key, count) -> types.merge(key, count, Count::plus));
  }

  private void writeDays(Map<DayKey, Count> some) {
    if (some.isEmpty()) {
      return;
    }
    List<Map.Entry<DayKey, Count>> rows = new ArrayList<>(some.entrySet());
    rows.sort(
        Comparator.comparing((Map.Entry<DayKey, Count> row) -> row.getKey().source())
            .thenComparing(row -> row.getKey().kind())
            .thenComparing(row -> row.getKey().day()));
    jdbc.sql(
            """
            insert into intake_day as d
                   (source, kind, day, accepted, duplicates, refused, last_at)
            select * from unnest(?::text[], ?::text[], ?::date[], ?::bigint[], ?::bigint[],
                                 ?::bigint[], ?::timestamptz[])
            on conflict (source, kind, day) do update
               set accepted = d.accepted + excluded.accepted,
                   duplicates = d.duplicates + excluded.duplicates,
                   refused = d.refused + excluded.refused,
                   last_at = greatest(d.last_at, excluded.last_at)
            """)
        .params(
            Columns.texts(rows, row -> row.getKey().source()),
            Columns.texts(rows, row -> row.getKey().kind()),
            Columns.texts(rows, row -> row.getKey().day().toString()),
            Columns.longs(rows, row -> row.getValue().accepted()),
            Columns.longs(rows, row -> row.getValue().duplicates()),
            Columns.longs(rows, row -> row.getValue().refused()),
            Columns.instants(rows, row -> row.getValue().last()))
        .update();
  }

  private void writeTypes(Map<TypeKey, Count> some) {
    if (some.isEmpty()) {
      return;
    }
    List<Map.Entry<TypeKey, Count>> rows = new ArrayList<>(some.entrySet());
    rows.sort(
        Comparator.comparing((Map.Entry<TypeKey, Count> row) -> row.getKey().type())
            .thenComparing(row -> row.getKey().source()));
    jdbc.sql(
            """
            insert into undeclared_event_type as u (type, source, first_at, last_at, events)
            select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                                 ?::bigint[])
            on conflict (type, source) do update
               set first_at = least(u.first_at, excluded.first_at),
                   last_at = greatest(u.last_at, excluded.last_at),
                   events = u.events + excluded.events
            """)
        .params(
            Columns.texts(rows, row -> row.getKey().type()),
            Columns.texts(rows, row -> row.getKey().source()),
            Columns.instants(rows, row -> row.getValue().first()),
            Columns.instants(rows, row -> row.getValue().last()),
            Columns.longs(rows, row -> row.getValue().accepted()))
        .update();
  }
}
