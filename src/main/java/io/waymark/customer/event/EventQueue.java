package io.waymark.customer.event;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What journeys have still to read. One customer's events come in order of arrival and to one
 * consumer at a time: an event put back holds up the later ones of the same customer, not of
 * others, until it is parked.
 */
@Component
public class EventQueue {

  private static final int LOCK_SPACE = 0x65767471;

  /** How many rows of the front are looked at, first and when nobody was found there. */
  private static final int[] WINDOWS = {1_000, 20_000};

  private final JdbcClient jdbc;
  private final ArrivalSignal signal;
  private final Traces traces;
  private final Clock clock;

  EventQueue(JdbcClient jdbc, ArrivalSignal signal, Traces traces, Clock clock) {
    this.jdbc = jdbc;
    this.signal = signal;
    this.traces = traces;
    this.clock = clock;
  }

  private record Entry(boolean due, QueuedEvent event) {}

  /**
   * The next events of customers nobody else is working on. Their customers stay locked until the
   * caller's transaction ends; whatever it does not report {@link #done} is delivered again. An
   * event never comes twice in one answer.
   *
   * @param max at most so many
   * @param now events put back come when due
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<QueuedEvent> lockNext(int max, Instant now) {
    Long[] customers = lockCustomers(max, now);
    return customers.length == 0 ? List.of() : inOrder(entries(customers, max, now));
  }

  /**
   * Customers whose first queued event is due and not locked, and whom we could lock. The row lock
   * keeps consumers from waiting for each other; the advisory lock holds even when an event that
   * took its number earlier commits later and becomes the customer's first.
   */
  private Long[] lockCustomers(int max, Instant now) {
    Long[] heads = heads(max, now);
    return jdbc.sql(
            """
            select id from unnest(?::bigint[]) as id
             where pg_try_advisory_xact_lock(?, hashint8(id))
            """)
        .params(heads, Rehearsing.lockSpace(LOCK_SPACE))
        .query(Long.class)
        .list()
        .toArray(Long[]::new);
  }

  /**
   * Looks at the front of the queue and further back only while nobody is found there: within the
   * first rows, each customer's smallest number is its first event, whatever stands behind. So a
   * customer with a hundred thousand events costs one pass over them, and only when its first one
   * must wait.
   */
  private Long[] heads(int max, Instant now) {
    for (int window : WINDOWS) {
      Long[] heads = heads(max, now, window);
      if (heads.length > 0 || !reachesBeyond(window)) {
        return heads;
      }
    }
    return heads(max, now, Integer.MAX_VALUE);
  }

  private Long[] heads(int max, Instant now, int window) {
    return jdbc.sql(
            """
            select q.customer_id
              from (select min(front.id) as id
                      from (select id, customer_id from event_queue order by id limit ?) front
                     group by front.customer_id) head
              join event_queue q on q.id = head.id
             where q.due_at <= ?
             order by q.id
             limit ?
               for update of q skip locked
            """)
        .params(window, Columns.timestamp(now), max)
        .query(Long.class)
        .list()
        .toArray(Long[]::new);
  }

  private boolean reachesBeyond(int window) {
    return jdbc.sql("select exists (select from event_queue offset ?)")
        .param(window)
        .query(Boolean.class)
        .single();
  }

  /**
   * Read after the locks are held, so that it sees what the last holder did. An event that was
   * taken in while its customer was being merged is the survivor's.
   */
  private List<Entry> entries(Long[] customers, int max, Instant now) {
    return jdbc.sql(
            """
            select q.attempts, q.participation_id, q.due_at <= ? as due,
                   e.seq, coalesce(c.merged_into, e.customer_id) as customer_id,
                   coalesce(s.branch, e.branch) as branch, e.type, e.occurred_at, e.received_at,
                   e.properties, e.trace
              from (select * from event_queue
                     where customer_id = any(?) order by id limit ?) q
              join customer_event e on e.seq = q.seq and e.occurred_at = q.occurred_at
              left join customer c on c.id = e.customer_id
              left join customer s on s.id = c.merged_into
             order by q.id
            """)
        .params(Columns.timestamp(now), customers, max)
        .query(this::read)
        .list();
  }

  private Entry read(ResultSet row, int number) throws SQLException {
    traces.carry(Traced.event(row.getLong("seq")), row.getString("trace"));
    return new Entry(
        row.getBoolean("due"),
        new QueuedEvent(
            CustomerEvents.read(row, number),
            row.getInt("attempts"),
            row.getObject("participation_id", Long.class)));
  }

  /** Each customer's entries up to the first that must wait. */
  private static List<QueuedEvent> inOrder(List<Entry> entries) {
    List<QueuedEvent> next = new ArrayList<>();
    Set<Long> waiting = new HashSet<>();
    Set<Long> seqs = new HashSet<>();
    for (Entry entry : entries) {
      CustomerEvent event = entry.event().event();
      if (!entry.due() || seqs.contains(event.seq())) {
        waiting.add(event.customerId());
      }
      if (!waiting.contains(event.customerId())) {
        seqs.add(event.seq());
        next.add(entry.event());
      }
    }
    return next;
  }

  /** Takes events of {@link #lockNext} off the queue, in the same transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void done(Collection<Long> seqs) {
    // The first entry of a number is the one that was handed out; a redelivery stands behind it.
    jdbc.sql(
            """
            delete from event_queue
             where id in (select min(id) from event_queue where seq = any(?) group by seq)
            """)
        .param(Columns.longs(seqs))
        .update();
  }

  /**
   * Puts an event back until later; may be called after the consumer's own transaction failed.
   *
   * @param reason code or short sentence for operators, no personal data
   */
  @Transactional
  public void retryAt(long seq, Instant when, String reason) {
    jdbc.sql(
            """
            update event_queue set attempts = attempts + 1, due_at = ?, reason = ?
             where id = (select min(id) from event_queue where seq = ?)
            """)
        .params(Columns.timestamp(when), reason, seq)
        .update();
  }

  /**
   * What journeys have not read yet of one customer is another one's from now on, redeliveries for
   * participations among it: those become the other one's too. The caller holds the locks of both.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handOver(long customerId, long toCustomerId) {
    jdbc.sql(
            """
            with moved as
              (update event_queue q set customer_id = c.id, branch = c.branch
                 from customer c
                where c.id = :to and q.customer_id = :from
               returning q.seq, q.occurred_at, q.branch)
            update customer_event e set customer_id = :to, branch = m.branch
              from moved m where e.seq = m.seq and e.occurred_at = m.occurred_at
            """)
        .param("from", customerId)
        .param("to", toCustomerId)
        .update();
  }

  /** Queues events of the past once more, each for one participation alone. */
  @Transactional
  public void redeliverAll(Collection<Redelivery> redeliveries) {
    if (redeliveries.isEmpty()) {
      return;
    }
    int queued =
        jdbc.sql(
                """
                insert into event_queue
                       (seq, occurred_at, customer_id, branch, participation_id, due_at)
                select e.seq, e.occurred_at, e.customer_id, e.branch, again.participation_id, ?
                  from unnest(?::bigint[], ?::bigint[]) as again (seq, participation_id)
                  join customer_event e on e.seq = again.seq
                 order by e.seq
                """)
            .params(
                Columns.timestamp(clock.instant()),
                redeliveries.stream().map(Redelivery::seq).toArray(Long[]::new),
                redeliveries.stream().map(Redelivery::participationId).toArray(Long[]::new))
            .update();
    signal.afterCommit(queued);
  }

  /** An event of the past and the participation that has not heard of it. */
  public record Redelivery(long seq, long participationId) {}

  /**
   * Takes an event out of the queue that failed too often, so that the customer's later events go
   * on; it waits among the parked ones for an operator. May be called after the consumer's own
   * transaction failed.
   *
   * @param reason code or short sentence for operators, no personal data
   */
  @Transactional
  public void park(long seq, String reason) {
    int parked =
        jdbc.sql(
                """
                with gone as
                  (delete from event_queue
                    where id = (select min(id) from event_queue where seq = :seq)
                   returning seq, occurred_at, customer_id, branch, participation_id, attempts)
                insert into event_parked
                       (seq, occurred_at, customer_id, branch, participation_id, attempts, reason,
                        parked_at)
                select seq, occurred_at, customer_id, branch, participation_id, attempts + 1,
                       :reason, :now
                  from gone
                """)
            .param("seq", seq)
            .param("reason", reason)
            .param("now", Columns.timestamp(clock.instant()))
            .update();
    signal.afterCommit(parked);
  }

  /** Queues an event of the past once more, for one participation alone. */
  @Transactional
  public void redeliver(long seq, long participationId) {
    int queued =
        jdbc.sql(
                """
                insert into event_queue
                       (seq, occurred_at, customer_id, branch, participation_id, due_at)
                select seq, occurred_at, customer_id, branch, ?, ?
                  from customer_event where seq = ?
                """)
            .params(participationId, Columns.timestamp(clock.instant()), seq)
            .update();
    signal.afterCommit(queued);
  }
}
