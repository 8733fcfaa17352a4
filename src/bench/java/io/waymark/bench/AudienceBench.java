package io.waymark.bench;

import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagValue;
import io.waymark.platform.Purpose;
import io.waymark.platform.database.MonthPartitions;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.posting.PostingKeeping;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What counting and listing an audience costs, from lists and from the rows, beside SQL written by
 * hand for the same question on the same tables. Size by {@code -Dwaymark.bench.customers} and
 * {@code -Dwaymark.bench.events}; with {@code -Dwaymark.test.database=bench_million} the filled
 * database is kept below {@code target/bench-postgres} and the next run begins with it.
 */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class AudienceBench {

  private static final String FIVE =
      """
      tag asset_total >= 20000 and tag experience = 'newbie' and tag age_band in ('30-44', '45-59')
      and tag gender = '女' and event login count >= 2 within 90 days\
      """;
  private static final String TAGS_ONLY =
      "tag asset_total >= 20000 and tag experience = 'mature' and tag gender = '女'";
  private static final int CHANGED = 1_000;

  @Autowired DataSource source;
  @Autowired MonthPartitions partitions;
  @Autowired Branches branches;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired PostingKeeping keeping;
  @Autowired CustomerTags tags;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  private final Instant now = MovableClock.START;
  private final List<String> results = new ArrayList<>();

  @Test
  void counting_and_listing_against_sql_written_by_hand() throws Exception {
    int customers = Integer.getInteger("waymark.bench.customers", 50_000);
    long events = Long.getLong("waymark.bench.events", 2_500_000L);
    fill(customers, events);
    audiences.save(new AudienceDraft("bench-five", "五条件", FIVE, Purpose.SERVICE, null), "bench");
    audiences.save(
        new AudienceDraft("bench-tags", "标签", TAGS_ONLY, Purpose.SERVICE, null), "bench");
    long five = fromRows("bench-five");
    long tagged = fromRows("bench-tags");
    System.out.printf(
        "%n%,d customers, %,d events: five conditions select %,d (%.1f %%), tags alone %,d%n",
        customers, events, five, 100.0 * five / customers, tagged);
    if (Boolean.getBoolean("waymark.bench.explain")) {
      explain(BY_HAND_FIVE);
      explain(BY_HAND_TAGS);
    }
    build();
    check("bench-five", five);
    check("bench-tags", tagged);

    counted("Five conditions counted", "bench-five", BY_HAND_FIVE, 9, 300);
    counted("Tags alone counted", "bench-tags", BY_HAND_TAGS, 9, 50);
    Map<String, Double> listed =
        Rounds.of("Members listed", "thousand ids/s", 5)
            .contestant("from rows", () -> listed(true))
            .contestant("from lists", () -> listed(false))
            .run();
    result("ids handed over", "thousand/s", listed.get("from lists"), ">= 200");
    change();
    counted("Five conditions, 1,000 customers just changed", "bench-five", BY_HAND_FIVE, 5, 300);
    System.out.printf(
        "%nMust reach (%,d customers, %,d events)%n%s%n",
        customers, events, String.join("\n", results));
  }

  /** Fills the database unless an earlier run has. */
  private void fill(int customers, long events) throws Exception {
    String mark = "world of %d customers and %d events".formatted(customers, events);
    String found =
        jdbc.sql(
                """
                select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database
                 where datname = current_database()
                """)
            .query(String.class)
            .single();
    if (found.equals(mark)) {
      return;
    }
    long begun = System.nanoTime();
    World.of(7, customers, events, now).fill(source, partitions, branches);
    for (String table : List.of("customer", "customer_tag", "customer_event")) {
      jdbc.sql("vacuum (analyze) " + table).update();
    }
    String database = jdbc.sql("select current_database()").query(String.class).single();
    jdbc.sql("comment on database %s is '%s'".formatted(database, mark)).update();
    System.out.printf("Filled in %.0f s%n", (System.nanoTime() - begun) / 1e9);
  }

  private void build() {
    count("bench-five");
    count("bench-tags");
    long begun = System.nanoTime();
    int built = 0;
    for (int idle = 0; idle < 3; idle++) {
      while (keeping.step()) {
        built++;
      }
    }
    System.out.printf(
        "Lists built in %d steps and %.1f s: %s%n",
        built,
        (System.nanoTime() - begun) / 1e9,
        jdbc.sql(
                """
                select count(distinct p.id) || ' lists, ' || count(*) || ' parts, '
                       || pg_size_pretty(sum(length(q.list))) || ' in them, '
                       || pg_size_pretty(pg_total_relation_size('posting_part')) || ' on disk'
                  from posting p join posting_part q on q.posting = p.id
                """)
            .query(String.class)
            .single());
  }

  private void check(String code, long expected) {
    if (count(code) != expected) {
      throw new IllegalStateException(
          code + ": lists say " + count(code) + ", rows say " + expected);
    }
  }

  private void counted(String title, String code, String byHand, int rounds, int goal)
      throws Exception {
    Map<String, Double> medians =
        Rounds.of(title, "ms", rounds)
            .contestant("SQL by hand", () -> timed(() -> byHand(byHand)))
            .contestant("rule, from rows", () -> timed(() -> fromRows(code)))
            .contestant("rule, from lists", () -> timed(() -> count(code)))
            .run();
    double hand = medians.get("SQL by hand");
    result(title, "ms", medians.get("rule, from lists"), "<= " + goal);
    result("  its ratio to SQL by hand", "x", medians.get("rule, from lists") / hand, "<= 1.3");
    result(
        "  from rows, ratio to SQL by hand", "x", medians.get("rule, from rows") / hand, "<= 1.3");
  }

  private void result(String what, String unit, double figure, String goal) {
    results.add(String.format(Locale.ROOT, "  %-50s %,12.2f %-10s %s", what, figure, unit, goal));
  }

  private static final String BY_HAND_FIVE =
      """
      select count(*) from customer_tag a
       join customer_tag b on b.customer_id = a.customer_id
       join customer_tag d on d.customer_id = a.customer_id
       join customer_tag g on g.customer_id = a.customer_id
       join (select customer_id from customer_event
              where type = 'login' and occurred_at > :from and occurred_at <= :now
              group by customer_id having count(*) >= 2) e on e.customer_id = a.customer_id
       where a.tag = 'asset_total' and a.number >= 20000
         and b.tag = 'experience' and b.value = 'newbie'
         and d.tag = 'age_band' and d.value in ('30-44', '45-59')
         and g.tag = 'gender' and g.value = '女'\
      """;
  private static final String BY_HAND_TAGS =
      """
      select count(*) from customer_tag a join customer_tag b on b.customer_id = a.customer_id
       join customer_tag g on g.customer_id = a.customer_id
       where a.tag = 'asset_total' and a.number >= 20000
         and b.tag = 'experience' and b.value = 'mature'
         and g.tag = 'gender' and g.value = '女'
         and (:now::timestamptz is not null) and (:from::timestamptz is not null)\
      """;

  /** A thousand customers get another value of a tag the rules ask, as a feed would bring them. */
  private void change() {
    List<TagValue> values =
        jdbc
            .sql("select id from customer order by hashint8(id) limit ?")
            .param(CHANGED)
            .query(Long.class)
            .list()
            .stream()
            .map(id -> new TagValue(id, "asset_total", "19999"))
            .toList();
    for (int from = 0; from < values.size(); from += 10) {
      tags.setAll(values.subList(from, Math.min(values.size(), from + 10)), "bench");
    }
    check("bench-five", fromRows("bench-five"));
  }

  private long count(String code) {
    return questions.count(code, BranchScope.everywhere(), now);
  }

  /** Within a transaction of its own a count is answered from the rows. */
  private long fromRows(String code) {
    Long count = new TransactionTemplate(transactions).execute(status -> count(code));
    return count == null ? 0 : count;
  }

  private long byHand(String sql) {
    Long count =
        new TransactionTemplate(transactions)
            .execute(
                status -> {
                  jdbc.sql("set local jit = off").update();
                  jdbc.sql("set local work_mem = '128MB'").update();
                  return jdbc.sql(sql)
                      .param("now", now.atOffset(ZoneOffset.UTC))
                      .param("from", now.minusSeconds(90L * 86_400).atOffset(ZoneOffset.UTC))
                      .query(Long.class)
                      .single();
                });
    return count == null ? 0 : count;
  }

  private void explain(String sql) {
    jdbc.sql("explain (analyze, buffers) " + sql)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("from", now.minusSeconds(90L * 86_400).atOffset(ZoneOffset.UTC))
        .query(String.class)
        .list()
        .forEach(System.out::println);
  }

  private double listed(boolean fromRows) {
    AtomicLong ids = new AtomicLong();
    Runnable reading =
        () ->
            questions.members(
                "bench-five",
                BranchScope.everywhere(),
                now,
                5_000,
                batch -> ids.addAndGet(batch.size()));
    double took =
        timed(
            () -> {
              if (fromRows) {
                new TransactionTemplate(transactions).executeWithoutResult(status -> reading.run());
              } else {
                reading.run();
              }
              return ids.get();
            });
    return ids.get() / took;
  }

  private static double timed(LongSupplier work) {
    long begun = System.nanoTime();
    work.getAsLong();
    return (System.nanoTime() - begun) / 1e6;
  }
}
