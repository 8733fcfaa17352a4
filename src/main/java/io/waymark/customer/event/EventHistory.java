package io.waymark.customer.event;

import io.waymark.customer.CustomerLookup;
import io.waymark.customer.intake.IntakeBook;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.platform.BatchReport;
import io.waymark.platform.database.Columns;
import io.waymark.platform.database.CopyRows;
import io.waymark.platform.database.MonthPartitions;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads what happened before Waymark came: rules and timelines see it, journeys never do. Each
 * event once: one of the same source and id, customer, type and time is already there, whether it
 * was loaded or reported, and left alone. See {@code docs/decisions/history-import.md}.
 */
@Component
public class EventHistory {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final JdbcClient jdbc;
  private final CopyRows copy;
  private final CustomerLookup lookup;
  private final EventTypes types;
  private final IntakeBook book;
  private final Concealment concealment;
  private final MonthPartitions partitions;
  private final Clock clock;
  private final TransactionTemplate alone;
  private final Set<YearMonth> months = ConcurrentHashMap.newKeySet();

  EventHistory(
      JdbcClient jdbc,
      CopyRows copy,
      CustomerLookup lookup,
      EventTypes types,
      IntakeBook book,
      Concealment concealment,
      MonthPartitions partitions,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.alone = new TransactionTemplate(transactions);
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.jdbc = jdbc;
    this.copy = copy;
    this.lookup = lookup;
    this.types = types;
    this.book = book;
    this.concealment = concealment;
    this.partitions = partitions;
    this.clock = clock;
  }

  /**
   * Makes the partitions of the months these events fall into, in a transaction of its own: to be
   * called before {@link #load}, because making one takes a lock on the whole table.
   */
  public void makeRoom(List<IncomingEvent> events) {
    Set<YearMonth> missing = new HashSet<>();
    for (IncomingEvent event : events) {
      Instant at = event.occurredAt();
      if (at.isBefore(clock.instant()) && at.isAfter(Instant.EPOCH)) {
        YearMonth month = YearMonth.from(at.atZone(ZONE));
        if (!months.contains(month)) {
          missing.add(month);
        }
      }
    }
    for (YearMonth month : missing) {
      alone.executeWithoutResult(status -> partitions.ensure("customer_event", month, 1));
      months.add(month);
    }
  }

  /**
   * Loads one batch in the caller's transaction; bad rows are named, good ones kept.
   *
   * @param source name of the reporting system, not blank
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public BatchReport load(String source, List<IncomingEvent> events) {
    Instant now = clock.instant();
    SoundEvents sound =
        SoundEvents.of(
            source, events, List.of(), concealment::conceal, types.byCode(), lookup, now);
    Map<String, EventRow> once = new LinkedHashMap<>();
    sound.rows().forEach(row -> once.putIfAbsent(row.eventId(), row));
    int accepted = once.isEmpty() ? 0 : write(source, once, now);
    book.note(
        source,
        IntakeKind.EVENTS,
        accepted,
        (long) sound.rows().size() - accepted,
        sound.problems().size());
    book.undeclared(source, sound.undeclared());
    return new BatchReport(accepted, sound.rows().size() - accepted, sound.problems());
  }

  private int write(String source, Map<String, EventRow> rows, Instant now) {
    jdbc.sql(
            """
            create temp table if not exists history_staging (
              event_id text, customer_id bigint, branch text, type text, occurred_at timestamptz,
              properties jsonb
            ) on commit delete rows
            """)
        .update();
    copy.into(
        "history_staging (event_id, customer_id, branch, type, occurred_at, properties)",
        rows.values(),
        (row, line) ->
            line.text(row.eventId())
                .number(row.customerId())
                .text(row.branch())
                .text(row.type())
                .text(row.occurredAt().toString())
                .text(row.properties()));
    // Asked row by row on purpose: nobody knows how large the staging table is, and a join with the
    // whole history would be chosen for a small one.
    return jdbc.sql(
            """
            insert into customer_event
                   (seq, customer_id, branch, type, occurred_at, received_at, source, event_id,
                    properties)
            select nextval('customer_history_seq'), s.customer_id, s.branch, s.type, s.occurred_at,
                   :now, :source, s.event_id, s.properties
              from history_staging s
             where (select e.seq from customer_event e
                     where e.customer_id = s.customer_id and e.type = s.type
                       and e.occurred_at = s.occurred_at
                       and e.source = :source and e.event_id = s.event_id
                     limit 1) is null
            """)
        .param("now", Columns.timestamp(now))
        .param("source", source)
        .update();
  }
}
