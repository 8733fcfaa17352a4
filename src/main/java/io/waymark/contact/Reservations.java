package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tables {@code contact_count} and {@code contact_reservation}: the places messages take under the
 * caps. Whoever wants a place first locks the customer's row; then counting and taking are one act,
 * and sixteen senders see the same number.
 */
@Component
class Reservations {

  private final JdbcClient jdbc;

  Reservations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks the customers in ascending order until the transaction ends, making their rows where
   * missing. Waits for others.
   *
   * @param branches branch by customer
   */
  void lock(SortedMap<Long, String> branches) {
    lock(branches, "");
  }

  /**
   * Locks those of the customers that nobody else has locked, and waits for none: a dispatcher that
   * waited for a long step of the engine would hold up a whole channel.
   *
   * @return those locked
   */
  Set<Long> tryLock(SortedMap<Long, String> branches) {
    return Set.copyOf(lock(branches, " skip locked"));
  }

  private List<Long> lock(SortedMap<Long, String> branches, String otherwise) {
    if (branches.isEmpty()) {
      return List.of();
    }
    jdbc.sql(
            """
            insert into contact_count (customer_id, branch)
            select customer_id, branch
              from unnest(?::bigint[], ?::text[]) as wanted (customer_id, branch)
             where not exists (select from contact_count c where c.customer_id = wanted.customer_id)
             order by customer_id
            on conflict do nothing
            """)
        .params(Column.ids(branches.keySet()), branches.values().toArray(String[]::new))
        .update();
    return jdbc.sql(
            "select customer_id from contact_count where customer_id = any(?)"
                + " order by customer_id for update"
                + otherwise)
        .param(Column.ids(branches.keySet()))
        .query(Long.class)
        .list();
  }

  /**
   * What counts for these customers since a moment, by customer and message; what merged records
   * received counts for the survivor.
   *
   * @param then the moment the question is about
   */
  Map<Long, Map<UUID, ContactFacts.Counted>> counted(
      Collection<Long> customerIds, Instant since, Counting counting, Instant then) {
    Map<Long, Map<UUID, ContactFacts.Counted>> counted = new HashMap<>();
    jdbc.sql(
            """
            select p.person as customer_id, r.message_id, r.channel, r.purpose, r.counts_at, r.priority,
                   ? and exists (
                     select from outbox o
                      where o.message_id = r.message_id and o.state in ('later', 'ready')
                        and o.attempts = 0) as waiting
              from person_record p join contact_reservation r on r.customer_id = p.record
             where p.person = any(?) and r.counts_at > ?
            """)
        .params(counting == Counting.TAKING_BACK, Column.ids(customerIds), Column.at(since))
        .query(
            row -> {
              UUID message = Column.uuid(row, "message_id");
              if (counting == Counting.PAST && MessageIds.createdAt(message).isAfter(then)) {
                return;
              }
              counted
                  .computeIfAbsent(row.getLong("customer_id"), id -> new HashMap<>())
                  .put(
                      message,
                      new ContactFacts.Counted(
                          Channel.of(row.getString("channel")),
                          Purpose.of(row.getString("purpose")),
                          Column.instant(row, "counts_at"),
                          row.getInt("priority"),
                          row.getBoolean("waiting") ? message : null));
            });
    return counted;
  }

  /** Which messages count and which of them may be taken back. */
  enum Counting {
    /** Those that have not left may be taken back: their customers are locked, or it is a look. */
    TAKING_BACK,
    /** None is taken back. */
    ALL,
    /** Only those that existed at the moment asked about. */
    PAST
  }

  void reserve(Collection<Reservation> places) {
    if (places.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into contact_reservation (
              customer_id, branch, message_id, channel, purpose, counts_at, priority)
            select * from unnest(
              ?::bigint[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::int[])
            """)
        .params(
            Column.number(places, Reservation::customerId),
            Column.text(places, Reservation::branch),
            Column.text(places, Reservation::messageId),
            Column.text(places, place -> place.channel().code()),
            Column.text(places, place -> place.purpose().code()),
            Column.text(places, Reservation::countsAt),
            Column.integer(places, Reservation::priority))
        .update();
  }

  /** The messages leave now: from now on they count, not from when they were promised for. */
  void countFrom(Collection<UUID> messageIds, Instant now) {
    jdbc.sql("update contact_reservation set counts_at = ? where message_id = any(?::uuid[])")
        .params(Column.at(now), Column.uuids(messageIds))
        .update();
  }

  /** Gives the places of withheld and failed messages back. */
  void release(Collection<UUID> messageIds) {
    if (!messageIds.isEmpty()) {
      jdbc.sql("delete from contact_reservation where message_id = any(?::uuid[])")
          .param(Column.uuids(messageIds))
          .update();
    }
  }

  /** Forgets what no cap counts any more. */
  int purge(Instant before) {
    return jdbc.sql("delete from contact_reservation where counts_at < ?")
        .param(Column.at(before))
        .update();
  }

  /** One place under the caps. */
  record Reservation(
      long customerId,
      String branch,
      UUID messageId,
      Channel channel,
      Purpose purpose,
      Instant countsAt,
      int priority) {}
}
