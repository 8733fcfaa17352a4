package io.waymark.customer.event;

import io.waymark.customer.CustomerLookup;
import io.waymark.customer.IdentityStatement;
import io.waymark.customer.IdentityStatements;
import io.waymark.customer.intake.IntakeBook;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.platform.RowProblems;
import io.waymark.platform.database.Columns;
import io.waymark.platform.rehearsal.Rehearsing;
import io.waymark.platform.trace.Traced;
import io.waymark.platform.trace.Traces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes events in, each once for ever, and queues them for journeys. However large the batch, it is
 * one statement to find the customers and one to write.
 */
@Component
public class CustomerEvents {

  private final JdbcClient jdbc;
  private final CustomerLookup lookup;
  private final EventTypes types;
  private final IntakeBook book;
  private final ArrivalSignal signal;
  private final ObjectProvider<EventWatcher> watchers;
  private final Concealment concealment;
  private final Traces traces;
  private final IdentityStatements identities;
  private final Clock clock;

  CustomerEvents(
      JdbcClient jdbc,
      CustomerLookup lookup,
      EventTypes types,
      IntakeBook book,
      ArrivalSignal signal,
      ObjectProvider<EventWatcher> watchers,
      Concealment concealment,
      Traces traces,
      IdentityStatements identities,
      Clock clock) {
    this.jdbc = jdbc;
    this.lookup = lookup;
    this.types = types;
    this.book = book;
    this.signal = signal;
    this.watchers = watchers;
    this.concealment = concealment;
    this.traces = traces;
    this.identities = identities;
    this.clock = clock;
  }

  /**
   * Takes events of an outside system in. A repeated (source, eventId) is a duplicate and left
   * alone, and so is what was loaded as history; bad rows are named, good ones kept; events keep
   * the order given. Types nobody declared are kept and counted.
   *
   * @param source name of the reporting system, not blank
   */
  @Transactional
  public BatchReport accept(String source, List<IncomingEvent> events) {
    SoundEvents sound =
        SoundEvents.of(
            source,
            events,
            stated(source, events),
            concealment::conceal,
            types.byCode(),
            lookup,
            clock.instant());
    int accepted = write(sound.rows());
    BatchReport report =
        new BatchReport(accepted, sound.rows().size() - accepted, sound.problems());
    if (!Rehearsing.on()) {
      book.note(source, IntakeKind.EVENTS, report);
      book.undeclared(source, sound.undeclared());
    }
    return report;
  }

  /** Adds the identities that events state; nothing is asked of the database when none does. */
  private List<RowProblem> stated(String source, List<IncomingEvent> events) {
    List<IdentityStatement> statements = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      IncomingEvent event = events.get(i);
      if (!RowProblems.blank(event.customer())) {
        int position = i + 1;
        new TreeMap<>(event.identities())
            .forEach(
                (type, value) ->
                    statements.add(new IdentityStatement(position, event.customer(), type, value)));
      }
    }
    return statements.isEmpty() ? List.of() : identities.state(statements, source).problems();
  }

  /** Takes in what Waymark itself reports, in the caller's transaction; repeated ones are left. */
  @Transactional
  public void record(List<InternalEvent> events) {
    write(events.stream().map(EventRow::of).toList());
  }

  private int write(List<EventRow> rows) {
    Map<List<String>, EventRow> once = new LinkedHashMap<>();
    rows.forEach(row -> once.putIfAbsent(List.of(row.source(), row.eventId()), row));
    if (once.isEmpty()) {
      return 0;
    }
    Map<List<String>, Long> queued = insert(List.copyOf(once.values()));
    once.forEach(
        (key, row) -> {
          if (!queued.containsKey(key)) {
            traces.forget(Traced.arriving(row.source(), row.eventId()));
          }
        });
    signal.afterCommit(queued.size());
    tell(once, queued);
    return queued.size();
  }

  /** Shows the watchers what is new, in the order of arrival. */
  private void tell(Map<List<String>, EventRow> given, Map<List<String>, Long> queued) {
    Instant now = clock.instant();
    watchers
        .orderedStream()
        .forEach(
            watcher -> {
              Set<String> types = watcher.types();
              List<CustomerEvent> wanted = new ArrayList<>();
              given.forEach(
                  (key, row) -> {
                    Long seq = queued.get(key);
                    if (seq != null && types.contains(row.type())) {
                      wanted.add(row.toEvent(seq, now));
                    }
                  });
              if (!wanted.isEmpty()) {
                watcher.arrived(wanted);
              }
            });
  }

  /** The rows that are new, by source and id, with their place in the order of arrival. */
  private Map<List<String>, Long> insert(List<EventRow> rows) {
    Map<List<String>, Long> queued = new HashMap<>();
    // event_seen in the order of its key: two batches with common ids wait and do not deadlock.
    // History (numbers below zero) is not in event_seen; it is found by customer, type and time.
    jdbc.sql(
            """
            with given as materialized
              (select *
                 from unnest(:sources::text[], :ids::text[], :customers::bigint[],
                             :branches::text[], :types::text[], :occurred::timestamptz[],
                             :properties::text[], :traces::text[]) with ordinality
                      as g (source, event_id, customer_id, branch, type, occurred_at, properties,
                            trace, position)),
            fresh as
              (insert into event_seen (source, event_id, customer_id, branch, received_at)
               select source, event_id, customer_id, branch, :now
                 from given
                where (select e.seq from customer_event e
                        where e.customer_id = given.customer_id and e.type = given.type
                          and e.occurred_at = given.occurred_at and e.seq < 0
                          and e.source = given.source and e.event_id = given.event_id
                        limit 1) is null
                order by source, event_id
               on conflict do nothing
               returning source, event_id),
            numbered as materialized
              (select nextval('customer_event_seq') as seq, ordered.*
                 from (select given.* from given join fresh using (source, event_id)
                        order by position) ordered),
            stored as
              (insert into customer_event
                      (seq, customer_id, branch, type, occurred_at, received_at, source, event_id,
                       properties, trace)
               select seq, customer_id, branch, type, occurred_at, :now, source, event_id,
                      properties::jsonb, trace
                 from numbered order by seq),
            queued as
              (insert into event_queue (seq, occurred_at, customer_id, branch, due_at)
               select seq, occurred_at, customer_id, branch, :now from numbered order by seq)
            select seq, source, event_id from numbered
            """)
        .param("sources", Columns.texts(rows, EventRow::source))
        .param("ids", Columns.texts(rows, EventRow::eventId))
        .param("customers", Columns.longs(rows, EventRow::customerId))
        .param("branches", Columns.texts(rows, EventRow::branch))
        .param("types", Columns.texts(rows, EventRow::type))
        .param("occurred", Columns.instants(rows, EventRow::occurredAt))
        .param("properties", Columns.texts(rows, EventRow::properties))
        .param("traces", Columns.texts(rows, this::traced))
        .param("now", Columns.timestamp(clock.instant()))
        .query(
            row -> {
              queued.put(
                  List.of(row.getString("source"), row.getString("event_id")), row.getLong("seq"));
            });
    return queued;
  }

  private @Nullable String traced(EventRow row) {
    String subject = Traced.arriving(row.source(), row.eventId());
    return traces.begin(
        subject,
        traces.context(subject),
        "customer.event",
        Map.of("event.type", row.type(), "event.source", row.source()));
  }

  /** What happened to one customer before a moment, latest first. */
  public List<CustomerEvent> ofCustomer(long customerId, Instant before, int limit) {
    return jdbc.sql(
            """
            select seq, customer_id, branch, type, occurred_at, received_at, properties
              from customer_event
             where customer_id = ? and occurred_at < ?
             order by occurred_at desc, seq desc limit ?
            """)
        .params(customerId, Columns.timestamp(before), limit)
        .query(CustomerEvents::read)
        .list();
  }

  /** What happened of some types to some customers after a moment, oldest first. One statement. */
  public List<CustomerEvent> recent(
      Collection<Long> customerIds, Collection<String> types, Instant after) {
    return jdbc.sql(
            """
            select seq, customer_id, branch, type, occurred_at, received_at, properties
              from customer_event
             where customer_id = any(?) and type = any(?) and occurred_at > ?
             order by occurred_at, seq
            """)
        .params(Columns.longs(customerIds), types.toArray(String[]::new), Columns.timestamp(after))
        .query(CustomerEvents::read)
        .list();
  }

  /** Events of one type that arrived after another event, in order of arrival. */
  public List<CustomerEvent> since(long customerId, String type, long afterSeq) {
    Since question = new Since(customerId, type, afterSeq);
    return since(List.of(question)).getOrDefault(question, List.of());
  }

  /**
   * A question for the later events of one customer.
   *
   * @param type code of the event type
   * @param afterSeq only events numbered higher
   */
  public record Since(long customerId, String type, long afterSeq) {}

  /**
   * Answers to many such questions by one statement, each in order of arrival; what happened to a
   * record merged into the customer is among it.
   */
  public Map<Since, List<CustomerEvent>> since(Collection<Since> questions) {
    Map<Since, List<CustomerEvent>> found = new HashMap<>();
    List<Since> asked = questions.stream().distinct().toList();
    jdbc.sql(
            """
            select q.after_seq, e.seq, q.customer_id, e.branch, e.type, e.occurred_at,
                   e.received_at, e.properties
              from unnest(?::bigint[], ?::text[], ?::bigint[]) as q (customer_id, type, after_seq)
              join person_record p on p.person = q.customer_id
              join customer_event e
                on e.customer_id = p.record and e.type = q.type and e.seq > q.after_seq
             order by e.seq
            """)
        .param(asked.stream().map(Since::customerId).toArray(Long[]::new))
        .param(asked.stream().map(Since::type).toArray(String[]::new))
        .param(asked.stream().map(Since::afterSeq).toArray(Long[]::new))
        .query(
            row -> {
              CustomerEvent event = read(row, 0);
              found
                  .computeIfAbsent(
                      new Since(event.customerId(), event.type(), row.getLong("after_seq")),
                      any -> new ArrayList<>())
                  .add(event);
            });
    return found;
  }

  static CustomerEvent read(ResultSet row, int number) throws SQLException {
    return new CustomerEvent(
        row.getLong("seq"),
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getString("type"),
        Columns.instant(row, "occurred_at"),
        Columns.instant(row, "received_at"),
        EventProperties.read(row.getString("properties")));
  }
}
