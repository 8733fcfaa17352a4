package io.waymark.customer.event;

import io.waymark.customer.TimelineEntry;
import io.waymark.customer.TimelineSource;
import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A customer's events as lines of the timeline; properties declared as personal stay out. */
@Component
class EventTimeline implements TimelineSource {

  private final JdbcClient jdbc;
  private final EventTypes types;

  EventTimeline(JdbcClient jdbc, EventTypes types) {
    this.jdbc = jdbc;
    this.types = types;
  }

  @Override
  public List<TimelineEntry> of(long customerId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select seq, type, occurred_at, source, properties from customer_event
             where customer_id = ? and occurred_at >= ? and occurred_at < ?
             order by occurred_at, seq
            """)
        .params(customerId, Columns.timestamp(from), Columns.timestamp(to))
        .query(this::entry)
        .list();
  }

  private TimelineEntry entry(ResultSet row, int number) throws SQLException {
    String type = row.getString("type");
    Map<String, String> details = new TreeMap<>();
    EventProperties.read(row.getString("properties"))
        .forEach((name, value) -> details.put(name, String.valueOf(value)));
    types.find(type).ifPresent(known -> details.keySet().removeAll(known.personal()));
    details.put("source", row.getString("source"));
    details.put("seq", row.getString("seq"));
    return new TimelineEntry(Columns.instant(row, "occurred_at"), "event", type, details);
  }
}
