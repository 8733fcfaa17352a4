package io.waymark.bench;

import io.waymark.customer.intake.IntakeKind;
import io.waymark.customer.load.ImportFormat;
import io.waymark.customer.load.ImportJob;
import io.waymark.customer.load.ImportRequest;
import io.waymark.customer.load.ImportRunner;
import io.waymark.customer.load.Imports;
import io.waymark.platform.database.MonthPartitions;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The first load of a broker: customers with thirty tags each, then their history. The baseline of
 * each rate is the same rows written by a bare {@code COPY}, indexes made afterwards, in the same
 * run ({@link World#fill}, measured at a tenth of the size). {@code -Dwaymark.bench.customers} and
 * {@code -Dwaymark.bench.events} set the size.
 */
@DatabaseSlice("io.waymark.customer")
class ImportBench {

  @Autowired Imports imports;
  @Autowired ImportRunner runner;
  @Autowired DataSource source;
  @Autowired MonthPartitions partitions;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;

  @Test
  void a_broker_is_loaded() throws Exception {
    int customers = Integer.getInteger("waymark.bench.customers", 100_000);
    long events = Long.getLong("waymark.bench.events", 2_000_000L);
    int workers = Integer.getInteger("waymark.import.workers", 2);
    Instant until = Instant.parse("2026-11-20T00:00:00Z");
    World world = World.of(1, customers, events, until);
    branches.saveAll(world.branches());
    // Waymark makes the months of a history as it meets them; made ahead, the rates are even.
    world.makeRoom(partitions);

    World tenth = World.of(2, Math.max(1, customers / 10), Math.max(1, events / 10), until);
    long begun = System.nanoTime();
    tenth.fill(source, partitions, branches);
    double bare = seconds(begun);
    System.out.printf(
        "%nBaseline, bare COPY: %,d tags and %,d events in %.1f s: %,.0f rows/s%n",
        (long) tenth.customers() * World.TAGS.size(),
        tenth.events(),
        bare,
        ((long) tenth.customers() * World.TAGS.size() + tenth.events()) / bare);

    load("customers with 30 tags", IntakeKind.CUSTOMERS, ImportFormat.CSV, world.customersCsv(), 1);
    load(
        "events of history", IntakeKind.EVENTS, ImportFormat.NDJSON, world.eventsNdjson(), workers);
    sizes();
  }

  private void load(
      String what, IntakeKind kind, ImportFormat format, InputStream file, int workers)
      throws Exception {
    resetPeaks();
    long begun = System.nanoTime();
    long id =
        imports.upload(
            new ImportRequest(kind, format, "bench", kind == IntakeKind.EVENTS, false, what),
            file,
            "bench");
    double uploaded = seconds(begun);
    ImportJob job = imports.find(id).orElseThrow();
    System.out.printf(
        "%,d %s: %,d MB uploaded in %.1f s (%.0f MB/s), heap at most %,d MB%n",
        job.rows(), what, job.bytes() >> 20, uploaded, (job.bytes() >> 20) / uploaded, peakHeap());
    resetPeaks();
    begun = System.nanoTime();
    run(workers);
    double took = seconds(begun);
    job = imports.find(id).orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%,d %s taken in by %d worker(s) in %.1f s: %,.0f rows/s, refused %d, heap at most %,d"
            + " MB%n",
        job.accepted(),
        what,
        workers,
        took,
        job.accepted() / took,
        job.refused(),
        peakHeap());
  }

  private void run(int workers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(threads.submit(this::untilEmpty));
      }
      for (Future<?> one : running) {
        one.get();
      }
      untilEmpty();
    } finally {
      threads.shutdown();
    }
  }

  private void untilEmpty() {
    while (runner.runNext()) {
      // The next piece.
    }
  }

  private void sizes() {
    jdbc.sql(
            """
            select t.name, pg_size_pretty(sum(pg_table_size(c.oid))) as rows,
                   pg_size_pretty(sum(pg_indexes_size(c.oid))) as indexes
              from unnest(array['customer', 'customer_tag', 'customer_event']) as t (name)
              join pg_class c on c.relkind = 'r' and (c.relname = t.name
                   or c.relname like t.name || '\\_y%' or c.relname = t.name || '_default')
             group by t.name order by t.name
            """)
        .query(
            row -> {
              System.out.printf(
                  "%s: rows %s, indexes %s%n",
                  row.getString("name"), row.getString("rows"), row.getString("indexes"));
            });
  }

  private static void resetPeaks() {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        >> 20;
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
