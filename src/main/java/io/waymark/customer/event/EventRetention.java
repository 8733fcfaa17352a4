package io.waymark.customer.event;

import io.waymark.platform.database.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes events of types that are kept for a number of days only, every night, some thousand at a
 * time so that nobody waits. Types without a number are kept. An event a journey has still to read,
 * or that is parked, stays. Refused rows of all doors are kept half a year.
 */
@Component
public class EventRetention {

  private static final Logger log = LoggerFactory.getLogger(EventRetention.class);
  private static final int AT_ONCE = 5_000;
  private static final Duration REFUSED_ROWS = Duration.ofDays(183);

  private final JdbcClient jdbc;
  private final EventTypes types;
  private final Clock clock;

  EventRetention(JdbcClient jdbc, EventTypes types, Clock clock) {
    this.jdbc = jdbc;
    this.types = types;
    this.clock = clock;
  }

  /** Deletes what has been kept long enough. */
  @Scheduled(cron = "0 20 3 * * *", zone = "Asia/Shanghai")
  public void run() {
    Instant now = clock.instant();
    for (EventType type : types.all()) {
      Integer days = type.retentionDays();
      if (days != null) {
        long gone = delete(type.code(), now.minus(Duration.ofDays(days)));
        log.info("{} events of type {} were older than {} days", gone, type.code(), days);
      }
    }
    jdbc.sql("delete from rejected_row where at < ?")
        .param(Columns.timestamp(now.minus(REFUSED_ROWS)))
        .update();
  }

  private long delete(String type, Instant before) {
    long all = 0;
    int some;
    do {
      some =
          jdbc.sql(
                  """
                  delete from customer_event where (seq, occurred_at) in (
                    select e.seq, e.occurred_at from customer_event e
                     where e.type = ? and e.occurred_at < ?
                       and not exists (select from event_queue q where q.seq = e.seq)
                       and not exists (select from event_parked p where p.seq = e.seq)
                     limit ?)
                  """)
              .params(type, Columns.timestamp(before), AT_ONCE)
              .update();
      all += some;
    } while (some == AT_ONCE);
    return all;
  }
}
