package io.waymark.engine.watch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for everything that is stuck and keeps the alerts at what it finds. Every node may look;
 * one at a time does.
 */
@Component
public class Watchdog {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final long LEADER_LOCK = 0x7761796d_77617463L;

  private final JdbcClient jdbc;
  private final Searches searches;
  private final AlertBook book;
  private final TransactionTemplate transaction;

  Watchdog(JdbcClient jdbc, Searches searches, AlertBook book, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.searches = searches;
    this.book = book;
    this.transaction = transaction;
  }

  /**
   * Looks once at every kind, each in a transaction of its own: a kind whose search fails keeps its
   * alerts and harms no other.
   *
   * @return how long it took; zero when another node is at it
   */
  public Duration look() {
    long began = System.nanoTime();
    long found = 0;
    for (StuckKind kind : StuckKind.values()) {
      try {
        Long here = transaction.execute(status -> look(kind));
        if (here == null) {
          return Duration.ZERO;
        }
        found += here;
      } catch (RuntimeException failure) {
        log.error("The search for {} failed", kind.code(), failure);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    book.looked(took, found);
    return took;
  }

  private @Nullable Long look(StuckKind kind) {
    if (!leading()) {
      return null;
    }
    List<Found> found = searches.find(kind);
    book.write(kind, found);
    if (!found.isEmpty()) {
      log.warn("{} cases of {} stand", found.size(), kind.code());
    }
    return (long) found.size();
  }

  private boolean leading() {
    return jdbc.sql("select pg_try_advisory_xact_lock(?)")
        .param(LEADER_LOCK)
        .query(Boolean.class)
        .single();
  }
}
