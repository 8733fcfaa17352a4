package io.waymark.bench;

import io.waymark.platform.Purpose;
import io.waymark.platform.database.MonthPartitions;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Instant;
import java.time.ZoneOffset;
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
 * What counting and listing an audience costs, beside SQL written by hand for the same question on
 * the same tables. Size by {@code -Dwaymark.bench.customers} and {@code -Dwaymark.bench.events}.
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
      tag asset_total >= 50000 and tag experience = 'mature' and tag age_band in ('30-44', '45-59')
      and tag gender = '女' and event login count >= 2 within 90 days\
      """;
  private static final String TAGS_ONLY = "tag tier = 'growth' and tag experience = 'mature'";

  @Autowired DataSource source;
  @Autowired MonthPartitions partitions;
  @Autowired Branches branches;
  @Autowired Audiences audiences;
  @Autowired AudienceQuestions questions;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void counting_and_listing_against_sql_written_by_hand() throws Exception {
    int customers = Integer.getInteger("waymark.bench.customers", 50_000);
    long events = Long.getLong("waymark.bench.events", 2_500_000L);
    Instant now = MovableClock.START;
    World.of(7, customers, events, now).fill(source, partitions, branches);
    jdbc.sql("vacuum (analyze) customer").update();
    jdbc.sql("vacuum (analyze) customer_tag").update();
    jdbc.sql("vacuum (analyze) customer_event").update();
    audiences.save(new AudienceDraft("bench-five", "五条件", FIVE, Purpose.SERVICE, null), "bench");
    audiences.save(
        new AudienceDraft("bench-tags", "标签", TAGS_ONLY, Purpose.SERVICE, null), "bench");
    System.out.printf(
        "%n%,d customers, %,d events: five conditions select %,d, tags alone %,d%n",
        customers, events, count("bench-five", now), count("bench-tags", now));
    if (Boolean.getBoolean("waymark.bench.explain")) {
      explain(BY_HAND_FIVE, now);
      explain(BY_HAND_TAGS, now);
    }

    Map<String, Double> five =
        Rounds.of("Five conditions counted", "ms", 9)
            .contestant("SQL by hand", () -> timed(() -> byHand(BY_HAND_FIVE, now)))
            .contestant("rule", () -> timed(() -> count("bench-five", now)))
            .run();
    Map<String, Double> tags =
        Rounds.of("Tags alone counted", "ms", 9)
            .contestant("SQL by hand", () -> timed(() -> byHand(BY_HAND_TAGS, now)))
            .contestant("rule", () -> timed(() -> count("bench-tags", now)))
            .run();
    Rounds.of("Members listed", "thousand ids/s", 5).contestant("rule", () -> listed(now)).run();
    System.out.println(five + " " + tags);
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
       where a.tag = 'asset_total' and a.number >= 50000
         and b.tag = 'experience' and b.value = 'mature'
         and d.tag = 'age_band' and d.value in ('30-44', '45-59')
         and g.tag = 'gender' and g.value = '女'\
      """;
  private static final String BY_HAND_TAGS =
      """
      select count(*) from customer_tag a join customer_tag b on b.customer_id = a.customer_id
       where a.tag = 'tier' and a.value = 'growth'
         and b.tag = 'experience' and b.value = 'mature'
         and (:now::timestamptz is not null) and (:from::timestamptz is not null)\
      """;

  private long count(String code, Instant now) {
    return questions.count(code, BranchScope.everywhere(), now);
  }

  private long byHand(String sql, Instant now) {
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

  private void explain(String sql, Instant now) {
    jdbc.sql("explain (analyze, buffers) " + sql)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("from", now.minusSeconds(90L * 86_400).atOffset(ZoneOffset.UTC))
        .query(String.class)
        .list()
        .forEach(System.out::println);
  }

  private double listed(Instant now) {
    AtomicLong ids = new AtomicLong();
    double took =
        timed(
            () -> {
              questions.members(
                  "bench-five",
                  BranchScope.everywhere(),
                  now,
                  5_000,
                  batch -> ids.addAndGet(batch.size()));
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
