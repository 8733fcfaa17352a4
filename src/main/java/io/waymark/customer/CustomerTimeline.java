package io.waymark.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this floor knows of one customer's history: events, consents, assessments. */
@Component
public class CustomerTimeline implements TimelineSource {

  private final JdbcClient jdbc;

  CustomerTimeline(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<TimelineEntry> of(long customerId, Instant from, Instant to) {
    return Stream.of(
            events(customerId, from, to),
            consents(customerId, from, to),
            assessments(customerId, from, to))
        .flatMap(List::stream)
        .sorted(Comparator.comparing(TimelineEntry::at))
        .toList();
  }

  private List<TimelineEntry> events(long customerId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select seq, type, occurred_at, source, properties from customer_event
             where customer_id = ? and occurred_at >= ? and occurred_at < ?
             order by occurred_at, seq
            """)
        .params(customerId, Columns.timestamp(from), Columns.timestamp(to))
        .query(CustomerTimeline::event)
        .list();
  }

  private static TimelineEntry event(ResultSet row, int number) throws SQLException {
    Map<String, String> details = new TreeMap<>();
    EventProperties.read(row.getString("properties"))
        .forEach((name, value) -> details.put(name, String.valueOf(value)));
    details.put("source", row.getString("source"));
    details.put("seq", row.getString("seq"));
    return new TimelineEntry(
        Columns.instant(row, "occurred_at"), "event", row.getString("type"), details);
  }

  private List<TimelineEntry> consents(long customerId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select lower(purpose) as purpose, lower(channel) as channel, state, source,
                   text_version, at, actor
              from consent_change
             where customer_id = ? and at >= ? and at < ?
             order by at, id
            """)
        .params(customerId, Columns.timestamp(from), Columns.timestamp(to))
        .query(
            (row, number) ->
                new TimelineEntry(
                    Columns.instant(row, "at"),
                    "consent",
                    row.getString("state").equals("GRANTED") ? "同意接收" : "拒绝接收",
                    Map.of(
                        "purpose", row.getString("purpose"),
                        "channel", row.getString("channel"),
                        "source", row.getString("source"),
                        "textVersion", row.getString("text_version"),
                        "actor", row.getString("actor"))))
        .list();
  }

  private List<TimelineEntry> assessments(long customerId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select level, minimum_class, assessed_at, expires_at, objective, actor
              from assessment_change
             where customer_id = ? and assessed_at >= ? and assessed_at < ?
             order by assessed_at, id
            """)
        .params(customerId, Columns.timestamp(from), Columns.timestamp(to))
        .query(
            (row, number) ->
                new TimelineEntry(
                    Columns.instant(row, "assessed_at"),
                    "assessment",
                    "风险测评 " + row.getString("level"),
                    Map.of(
                        "level", row.getString("level"),
                        "minimumClass", Boolean.toString(row.getBoolean("minimum_class")),
                        "expiresAt", Columns.instant(row, "expires_at").toString(),
                        "objective", row.getString("objective"),
                        "actor", row.getString("actor"))))
        .list();
  }
}
