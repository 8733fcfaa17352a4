package io.waymark.contact;

import io.waymark.platform.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the channels deliver, and how far their receipts lag; counts of the whole house. */
@Component
public class ChannelDeliveries {

  private final JdbcClient jdbc;

  ChannelDeliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Reads the messages made since a moment in one statement; a channel without any, and without a
   * receipt out, is absent. Meant for the last hour: it reads every message of the span.
   */
  public Map<Channel, ChannelDelivery> since(Instant from) {
    Map<Channel, ChannelDelivery> found = new EnumMap<>(Channel.class);
    jdbc.sql(
            """
            with made as (
              select channel,
                     count(*) filter (where sent_at is not null) as handed_over,
                     count(*) filter (where status = 'delivered') as delivered,
                     count(*) filter (where status = 'failed') as failed,
                     count(*) filter (where status = 'unknown') as unknown,
                     percentile_cont(array[0.5, 0.95])
                       within group (order by extract(epoch from delivered_at - sent_at)::float8)
                       filter (where delivered_at >= sent_at) as lag
                from message where created_at >= :from group by channel),
            awaiting as (
              select channel, min(since) as oldest from outbox
               where state = 'awaiting' group by channel)
            select channel, coalesce(handed_over, 0) as handed_over,
                   coalesce(delivered, 0) as delivered, coalesce(failed, 0) as failed,
                   coalesce(unknown, 0) as unknown, lag[1] as usual, lag[2] as slow, oldest
              from made full join awaiting using (channel)
            """)
        .param("from", Column.at(from))
        .query(
            row -> {
              ChannelDelivery one = read(row);
              found.put(one.channel(), one);
            });
    return found;
  }

  private static ChannelDelivery read(ResultSet row) throws SQLException {
    return new ChannelDelivery(
        Channel.of(row.getString("channel")),
        row.getLong("handed_over"),
        row.getLong("delivered"),
        row.getLong("failed"),
        row.getLong("unknown"),
        lag(row.getObject("usual", Double.class)),
        lag(row.getObject("slow", Double.class)),
        Column.instantOrNull(row, "oldest"));
  }

  private static @Nullable Duration lag(@Nullable Double seconds) {
    return seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
