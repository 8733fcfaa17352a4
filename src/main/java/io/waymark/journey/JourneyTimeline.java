package io.waymark.journey;

import io.waymark.customer.TimelineEntry;
import io.waymark.customer.TimelineSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Journeys entered, refused and left, as lines of a customer's history. */
@Component
class JourneyTimeline implements TimelineSource {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final JdbcClient jdbc;

  JourneyTimeline(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<TimelineEntry> of(long customerId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select at, what, name, journey_key, reason, participation from (
              select p.entered_at as at, 'entered' as what, v.name, p.journey_key, null as reason,
                     p.id as participation
                from participation p join journey_version v on v.id = p.journey_version_id
               where p.customer_id = :customer
              union all
              select p.left_at, 'left', v.name, p.journey_key,
                     coalesce(p.left_reason || coalesce(':' || p.goal, ''), ''), p.id
                from participation p join journey_version v on v.id = p.journey_version_id
               where p.customer_id = :customer and p.left_at is not null
              union all
              select e.settled_at, e.status, v.name, e.journey_key, e.reason, null
                from enrolment e join journey_version v on v.id = e.journey_version_id
               where e.customer_id = :customer and e.status in ('refused', 'failed')
            ) as line
             where at >= :from and at < :to
             order by at, participation
            """)
        .param("customer", customerId)
        .param("from", OffsetDateTime.ofInstant(from, ZONE))
        .param("to", OffsetDateTime.ofInstant(to, ZONE))
        .query(this::line)
        .list();
  }

  private TimelineEntry line(ResultSet row, int index) throws SQLException {
    String name = row.getString("name");
    String reason = row.getString("reason") == null ? "" : row.getString("reason");
    String title =
        switch (row.getString("what")) {
          case "entered" -> "进入旅程「" + name + "」";
          case "left" -> "离开旅程「" + name + "」:" + LeaveReasons.title(reason);
          case "refused" -> "未进入旅程「" + name + "」:" + LeaveReasons.title(reason);
          default -> "进入旅程「" + name + "」失败,等待运营处理";
        };
    return new TimelineEntry(
        row.getObject("at", OffsetDateTime.class).toInstant(),
        "journey",
        title,
        details(row, reason));
  }

  private static Map<String, String> details(ResultSet row, String reason) throws SQLException {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("journey", row.getString("journey_key"));
    details.put("what", row.getString("what"));
    if (!reason.isEmpty()) {
      details.put("reason", reason);
    }
    if (row.getObject("participation") != null) {
      details.put("participation", row.getString("participation"));
    }
    return details;
  }
}
