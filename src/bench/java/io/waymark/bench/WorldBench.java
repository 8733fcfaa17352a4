package io.waymark.bench;

import io.waymark.platform.database.MonthPartitions;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long the world takes to make; a floor for whoever imports it. */
@DatabaseSlice("io.waymark.customer")
class WorldBench {

  @Autowired DataSource source;
  @Autowired MonthPartitions partitions;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;

  @Test
  void the_world_is_filled_by_copy() throws Exception {
    int customers = Integer.getInteger("waymark.bench.customers", 20_000);
    long events = Long.getLong("waymark.bench.events", 400_000L);
    World world = World.of(7, customers, events, Instant.parse("2026-11-20T00:00:00Z"));
    long begun = System.nanoTime();
    world.fill(source, partitions, branches);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf(
        "%nWorld: %,d customers, %,d tags, %,d events in %.1f s; database %s%n",
        customers,
        (long) customers * World.TAGS.size(),
        events,
        took.toMillis() / 1000.0,
        jdbc.sql("select pg_size_pretty(pg_database_size(current_database()))")
            .query(String.class)
            .single());
  }
}
