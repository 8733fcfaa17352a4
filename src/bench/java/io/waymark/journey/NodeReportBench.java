package io.waymark.journey;

import io.waymark.bench.Rounds;
import io.waymark.testing.DatabaseSlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the report of a version with 100,000 participations and 1.2 million visits costs: the counts
 * alone, with exact medians, and with medians out of a histogram.
 */
@DatabaseSlice
class NodeReportBench {

  private static final int PEOPLE = 100_000;
  private static final int NODES = 12;
  private static final int ROUNDS = 5;

  private static final String COUNTS =
      """
      count(*) as entered,
      count(*) filter (where left_at is null and failed_since is null) as waiting,
      count(*) filter (where left_at is not null and outcome <> 'withheld') as done,
      count(*) filter (where left_at is null and failed_since is not null) as failed,
      count(*) filter (where outcome = 'withheld') as withheld
      """;

  @Autowired JdbcClient jdbc;

  @BeforeEach
  void visits() {
    jdbc.sql("delete from node_visit where journey_version_id = 77").update();
    jdbc.sql(
            """
            insert into node_visit (participation_id, journey_version_id, branch, node, entered_at,
                                    left_at, outcome)
            select p, 77, 'B' || p % 20, 'Node_' || n,
                   timestamptz '2026-09-01' + (p % 80) * interval '1 day' + n * interval '2 hours',
                   case when n < 12 or p % 3 > 0 then timestamptz '2026-09-01'
                     + (p % 80) * interval '1 day' + n * interval '2 hours'
                     + (hashint4(p) & 65535) * interval '1 second' end,
                   case when n < 12 or p % 3 > 0
                        then case when p % 17 = 0 then 'withheld' else 'done' end end
              from generate_series(1, :people) as p, generate_series(1, :nodes) as n
            """)
        .param("people", PEOPLE)
        .param("nodes", NODES)
        .update();
    jdbc.sql("analyze node_visit").update();
  }

  @Test
  void cost_of_a_report() throws Exception {
    Rounds.of("report of 100,000 participations, 1.2 million visits", "ms", ROUNDS)
        .contestant("counts", () -> ms("select node, " + COUNTS + from()))
        .contestant(
            "counts, one branch",
            () -> ms("select node, " + COUNTS + from().replace("= 77", "= 77 and branch = 'B3'")))
        .contestant(
            "counts, 30 days",
            () ->
                ms(
                    "select node, "
                        + COUNTS
                        + from()
                            .replace(
                                "= 77",
                                "= 77 and entered_at >= '2026-10-01' and entered_at <"
                                    + " '2026-10-31'")))
        .contestant(
            "exact median",
            () ->
                ms(
                    "select node, "
                        + COUNTS
                        + ", percentile_cont(array[0.5, 0.9]) within group"
                        + " (order by extract(epoch from left_at - entered_at))"
                        + from()))
        .contestant(
            "histogram",
            () ->
                ms(
                    "select node, round(12 * ln(1 + extract(epoch from left_at -"
                        + " entered_at)::float8))::int as bucket, "
                        + COUNTS
                        + " from node_visit where journey_version_id = 77 group by 1, 2"))
        .contestant(
            "histogram by date_part",
            () ->
                ms(
                    "select node, round(12 * ln(1 + date_part('epoch', left_at - entered_at)))::int"
                        + " as bucket, "
                        + COUNTS
                        + " from node_visit where journey_version_id = 77 group by 1, 2"))
        .run();
  }

  private static String from() {
    return " from node_visit where journey_version_id = 77 group by node";
  }

  private double ms(String sql) {
    long start = System.nanoTime();
    jdbc.sql(sql).query((row, n) -> row.getString(1)).list();
    return (System.nanoTime() - start) / 1e6;
  }
}
