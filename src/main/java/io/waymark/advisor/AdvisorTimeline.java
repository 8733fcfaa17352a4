package io.waymark.advisor;

import io.waymark.customer.TimelineEntry;
import io.waymark.customer.TimelineSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The advisors' part of a customer's history: tasks given, escalated and closed. */
@Component
class AdvisorTimeline implements TimelineSource {

  private static final String KIND = "task";

  private final JdbcClient jdbc;

  AdvisorTimeline(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<TimelineEntry> of(long customerId, Instant from, Instant to) {
    return jdbc.sql(
            """
            select moment.at, moment.word, t.task_id, t.journey_key, t.node, t.title,
                   moment.person, moment.result
            from advisor_task t
            cross join lateral (values
              (t.created_at, '投顾任务已下达', t.assignee, null),
              (t.escalated_at, '投顾任务已升级', t.escalated_to, null),
              (t.closed_at,
               case t.status when 'completed' then '投顾任务已完成' else '投顾任务已取消' end,
               t.closed_by, coalesce(t.outcome, t.cancel_reason))
            ) as moment (at, word, person, result)
            where t.customer_id = :customer and moment.at >= :from and moment.at < :to
            order by moment.at, t.task_id
            """)
        .param("customer", customerId)
        .param("from", TaskTable.at(from))
        .param("to", TaskTable.at(to))
        .query(AdvisorTimeline::entry)
        .list();
  }

  private static TimelineEntry entry(ResultSet row, int number) throws SQLException {
    Map<String, String> details = new HashMap<>();
    details.put("taskId", row.getString("task_id"));
    details.put("journey", row.getString("journey_key"));
    details.put("node", row.getString("node"));
    put(details, "person", row.getString("person"));
    put(details, "result", row.getString("result"));
    return new TimelineEntry(
        row.getTimestamp("at").toInstant(),
        KIND,
        row.getString("word") + ":" + row.getString("title"),
        details);
  }

  private static void put(Map<String, String> details, String name, @Nullable String value) {
    if (value != null) {
      details.put(name, value);
    }
  }
}
