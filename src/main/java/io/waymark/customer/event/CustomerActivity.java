package io.waymark.customer.event;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What customers did lately, in few numbers: when last, and at which hours of their day. */
@Component
public class CustomerActivity {

  private static final int HOURS = 24;

  private final JdbcClient jdbc;

  CustomerActivity(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * When each customer last had an event of each type in a span.
   *
   * @param until the span's last moment
   * @return by customer and type; what did not happen is absent
   */
  public Map<Long, Map<String, Instant>> latest(
      Collection<Long> customerIds, Collection<String> types, Instant since, Instant until) {
    Map<Long, Map<String, Instant>> latest = new HashMap<>();
    jdbc.sql(
            """
            select customer_id, type, max(occurred_at) as at from customer_event
             where customer_id = any(?) and type = any(?) and occurred_at > ? and occurred_at <= ?
             group by customer_id, type
            """)
        .params(
            customerIds.toArray(Long[]::new), types.toArray(String[]::new), at(since), at(until))
        .query(
            row -> {
              latest
                  .computeIfAbsent(row.getLong("customer_id"), id -> new HashMap<>())
                  .put(
                      row.getString("type"), row.getObject("at", OffsetDateTime.class).toInstant());
            });
    return latest;
  }

  /**
   * How many events of some types each customer had in each hour of his own day.
   *
   * @param zones each customer's zone
   * @param until the span's last moment
   * @return 24 counts for each customer asked for, all 0 for one without events
   */
  public Map<Long, List<Integer>> byHour(
      Map<Long, ZoneId> zones, Collection<String> types, Instant since, Instant until) {
    Map<Long, Integer[]> hours =
        zones.keySet().stream().collect(Collectors.toMap(id -> id, id -> none()));
    List<Map.Entry<Long, ZoneId>> given = List.copyOf(zones.entrySet());
    jdbc.sql(
            """
            select e.customer_id, count(*) as times,
                   extract(hour from e.occurred_at at time zone given.zone)::int as hour
              from unnest(?::bigint[], ?::text[]) as given (customer_id, zone)
              join customer_event e on e.customer_id = given.customer_id
             where e.type = any(?) and e.occurred_at > ? and e.occurred_at <= ?
             group by 1, 3
            """)
        .params(
            given.stream().map(Map.Entry::getKey).toArray(Long[]::new),
            given.stream().map(entry -> entry.getValue().getId()).toArray(String[]::new),
            types.toArray(String[]::new),
            at(since),
            at(until))
        .query(
            row -> {
              Integer[] own = hours.get(row.getLong("customer_id"));
              if (own != null) {
                own[row.getInt("hour")] = row.getInt("times");
              }
            });
    return hours.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }

  private static Integer[] none() {
    Integer[] hours = new Integer[HOURS];
    Arrays.fill(hours, 0);
    return hours;
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
