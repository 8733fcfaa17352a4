package io.waymark.customer;

import io.waymark.customer.tag.TagChange;
import io.waymark.customer.tag.TagHistory;
import io.waymark.platform.database.Columns;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this floor knows of one customer's history: tags that matter, consents, assessments. */
@Component
public class CustomerTimeline implements TimelineSource {

  private final JdbcClient jdbc;
  private final TagHistory tagHistory;

  CustomerTimeline(JdbcClient jdbc, TagHistory tagHistory) {
    this.jdbc = jdbc;
    this.tagHistory = tagHistory;
  }

  @Override
  public List<TimelineEntry> of(long customerId, Instant from, Instant to) {
    return Stream.of(
            tagHistory.of(customerId, from, to).stream().map(CustomerTimeline::tag),
            consents(customerId, from, to).stream(),
            assessments(customerId, from, to).stream())
        .flatMap(lines -> lines)
        .sorted(Comparator.comparing(TimelineEntry::at))
        .toList();
  }

  private static TimelineEntry tag(TagChange change) {
    Map<String, String> details = new HashMap<>();
    details.put("tag", change.tag());
    details.put("before", change.before() == null ? "" : change.before());
    details.put("after", change.after() == null ? "" : change.after());
    details.put("actor", change.actor());
    return new TimelineEntry(change.at(), "tag", change.name(), details);
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
