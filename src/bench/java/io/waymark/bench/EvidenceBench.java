package io.waymark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.evidence.EvidenceSealer;
import io.waymark.evidence.EvidenceVerifier;
import io.waymark.evidence.Verification;
import io.waymark.evidence.anchor.EvidenceAnchors;
import io.waymark.testing.DatabaseSlice;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seals and verifies a long chain: {@code -Dwaymark.bench.evidence-rows} rows, ten million unless
 * said otherwise. Must reach: 2,000 rows a second sealed; one streaming pass in flat memory.
 */
@DatabaseSlice
class EvidenceBench {

  private static final long ROWS = Long.getLong("waymark.bench.evidence-rows", 10_000_000);
  private static final long CHUNK = 200_000;

  @Autowired EvidenceSealer sealer;
  @Autowired EvidenceVerifier verifier;
  @Autowired EvidenceAnchors anchors;
  @Autowired JdbcClient jdbc;

  @Test
  void a_long_chain_is_sealed_anchored_and_verified() {
    long sealing = 0;
    for (long made = 0; made < ROWS; made += CHUNK) {
      append(Math.min(CHUNK, ROWS - made));
      long from = System.nanoTime();
      while (sealer.sealNext(2_000) > 0) {
        // Until it has caught up.
      }
      sealing += System.nanoTime() - from;
    }
    say("sealed", ROWS, sealing);

    long from = System.nanoTime();
    anchors.anchorNow();
    say("anchored", ROWS, System.nanoTime() - from);

    long before = heap();
    long[] most = {before};
    from = System.nanoTime();
    Verification found =
        verifier.verify(
            done -> {
              if (done % 200_000 == 0) {
                most[0] = Math.max(most[0], heap());
              }
            });
    say("verified", found.rows(), System.nanoTime() - from);
    System.out.printf(
        Locale.ROOT,
        "heap after collection: %d MB before, at most %d MB during%n",
        before,
        most[0]);
    assertThat(found.brokenAt()).isNull();
    assertThat(found.rows()).isGreaterThanOrEqualTo(ROWS);
  }

  /** As the log appends, but by the database itself. */
  private void append(long rows) {
    jdbc.sql(
            """
            with appended as (
              insert into evidence (at, kind, subject, customer_id, branch, actor, facts)
              select timestamptz '2026-11-23 10:00:00+08' + i * interval '1 microsecond', 'verdict',
                     'message:' || gen_random_uuid(), i, 'SH01', 'system',
                     '{"gate":"none","journey":"fund-dca","kind":"send","policy":"2026-11","template":"dca-offer","verdict":"allowed"}'
                from generate_series(1, ?) as i
              returning id, at)
            insert into evidence_unsealed (evidence_id, evidence_at) select id, at from appended
            """)
        .param(rows)
        .update();
    jdbc.sql("analyze evidence").update();
  }

  private static void say(String what, long rows, long nanos) {
    double seconds = nanos / 1e9;
    System.out.printf(
        Locale.ROOT, "%s %,d rows in %.1f s: %,.0f rows/s%n", what, rows, seconds, rows / seconds);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
