package io.waymark.contact.lane;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Table {@code dispatch_node}: which nodes send at the moment, so that each knows its share of a
 * provider's rate. A node that joins is seen by all others before it sends its first message, and
 * one that was away too long joins anew: the rate of the account holds at every moment. A dead
 * node's share is left unused until its row is old.
 */
@Component
public class SendingNodes {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration ALIVE = Duration.ofSeconds(20);
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  /** Serialises the announcements: of two nodes that start together one sees the other. */
  private static final long LOCK = 0x57415953454E44L;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final LongSupplier nanos;
  private final UUID id = UUID.randomUUID();
  private boolean announced;
  private boolean alone;
  private long announcedAt;
  private long refreshedAt;
  private int alive;

  @Autowired
  SendingNodes(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
    this(jdbc, transaction, clock, System::nanoTime);
  }

  SendingNodes(JdbcClient jdbc, TransactionTemplate transaction, Clock clock, LongSupplier nanos) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * How many nodes share the rate now, this one included; 0 while the others may not have seen it.
   */
  public synchronized int sharing() {
    long now = nanos.getAsLong();
    if (!announced || now - refreshedAt >= HEARTBEAT.toNanos()) {
      refresh(now);
    }
    boolean seenByAll = alone || now - announcedAt >= 2 * HEARTBEAT.toNanos();
    return seenByAll ? alive : 0;
  }

  /** An idle node keeps its place, so that its first message need not wait. */
  @Scheduled(fixedDelay = 5_000)
  synchronized void beat() {
    if (announced) {
      refresh(nanos.getAsLong());
    }
  }

  private void refresh(long now) {
    boolean joins = !announced || now - refreshedAt >= ALIVE.minus(HEARTBEAT).toNanos();
    Integer others = transaction.execute(status -> announce(clock.instant()));
    alive = (others == null ? 0 : others) + 1;
    refreshedAt = now;
    if (joins) {
      announced = true;
      announcedAt = now;
      alone = alive == 1;
    }
  }

  private int announce(Instant now) {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().singleRow();
    jdbc.sql(
            """
            insert into dispatch_node (node_id, seen_at) values (?, ?)
            on conflict (node_id) do update set seen_at = excluded.seen_at
            """)
        .params(id, at(now))
        .update();
    jdbc.sql("delete from dispatch_node where seen_at < ?")
        .param(at(now.minus(FORGOTTEN)))
        .update();
    return jdbc.sql("select count(*) from dispatch_node where node_id <> ? and seen_at > ?")
        .params(id, at(now.minus(ALIVE)))
        .query(Integer.class)
        .single();
  }

  /** Leaves at once, so that the others need not wait for the row to grow old. */
  @PreDestroy
  synchronized void leave() {
    if (announced) {
      jdbc.sql("delete from dispatch_node where node_id = ?").param(id).update();
      announced = false;
    }
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
