package io.waymark.contact;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code message_claim}: who says a thing for a participation, node and visit, says it for
 * ever. Not partitioned, because a unique key over a partitioned table would hold for a month only.
 */
@Component
class Claims {

  private final JdbcClient jdbc;

  Claims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Claims what is free. Waits for a transaction that is claiming the same, and goes through the
   * claims in one order so that two batches cannot wait for each other.
   *
   * @return for each request its new claim; null where it was taken before, also by an earlier
   *     request of this list
   */
  List<@Nullable UUID> take(List<ContactRequest> requests, Instant now) {
    List<Wanted> wanted =
        requests.stream().map(request -> new Wanted(request, MessageIds.next(now))).toList();
    List<Wanted> ordered =
        wanted.stream()
            .sorted(
                Comparator.comparingLong((Wanted one) -> one.request().customerId())
                    .thenComparing(
                        one -> one.request().participationId(),
                        Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(one -> one.request().node())
                    .thenComparingInt(one -> one.request().visit()))
            .toList();
    Set<UUID> taken =
        new HashSet<>(
            jdbc.sql(
                    """
                    insert into message_claim (
                      message_id, participation_id, customer_id, branch, node, visit, claimed_at)
                    select message_id, participation_id, customer_id, branch, node, visit, ?
                      from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::int[])
                           with ordinality as wanted (
                             message_id, participation_id, customer_id, branch, node, visit, position)
                     order by position
                    on conflict do nothing
                    returning message_id
                    """)
                .params(
                    Column.at(now),
                    Column.text(ordered, Wanted::messageId),
                    Column.number(ordered, one -> one.request().participationId()),
                    Column.number(ordered, one -> one.request().customerId()),
                    Column.text(ordered, one -> one.request().branch()),
                    Column.text(ordered, one -> one.request().node()),
                    Column.integer(ordered, one -> one.request().visit()))
                .query((row, number) -> Column.uuid(row, "message_id"))
                .list());
    return wanted.stream()
        .map(one -> taken.contains(one.messageId()) ? one.messageId() : null)
        .toList();
  }

  /** The claims that stand for these requests, with the verdict where it was no. */
  Map<Key, Standing> standing(List<ContactRequest> requests) {
    Map<Key, Standing> found = new HashMap<>();
    jdbc.sql(
            """
            select c.participation_id, c.customer_id, c.node, c.visit, c.message_id,
                   v.reason, v.gate, v.inputs
              from unnest(?::bigint[], ?::bigint[], ?::text[], ?::int[])
                   as wanted (participation_id, customer_id, node, visit)
              join message_claim c
                on c.participation_id is not distinct from wanted.participation_id
               and c.customer_id = wanted.customer_id
               and c.node = wanted.node and c.visit = wanted.visit
              left join verdict v
                on v.message_id = c.message_id and v.decided_at = c.claimed_at
               and v.kind = 'send' and v.outcome = 'withheld'
            """)
        .params(
            Column.number(requests, ContactRequest::participationId),
            Column.number(requests, ContactRequest::customerId),
            Column.text(requests, ContactRequest::node),
            Column.integer(requests, ContactRequest::visit))
        .query(
            row -> {
              String reason = row.getString("reason");
              found.put(
                  new Key(
                      row.getObject("participation_id", Long.class),
                      row.getLong("customer_id"),
                      row.getString("node"),
                      row.getInt("visit")),
                  new Standing(
                      Column.uuid(row, "message_id"),
                      reason == null
                          ? null
                          : new Withheld(
                              WithheldReason.of(reason),
                              row.getString("gate"),
                              Column.codes(row.getString("inputs")))));
            });
    return found;
  }

  /** What a claim is unique by. */
  record Key(@Nullable Long participationId, long customerId, String node, int visit) {

    static Key of(ContactRequest request) {
      return new Key(
          request.participationId(), request.customerId(), request.node(), request.visit());
    }
  }

  /**
   * A claim made before.
   *
   * @param withheld the verdict when it was no; null when there is a message
   */
  record Standing(UUID messageId, @Nullable Withheld withheld) {}

  private record Wanted(ContactRequest request, UUID messageId) {}
}
