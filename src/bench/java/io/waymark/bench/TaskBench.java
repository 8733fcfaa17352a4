package io.waymark.bench;

import io.waymark.advisor.TaskOffer;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.WorkFilter;
import io.waymark.advisor.WorkList;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a work list and routing cost with 2,000 advisors in 40 branches, 100,000 open tasks and
 * 300,000 closed ones of the last month, beside the barest SQL for the same rows.
 */
@DatabaseSlice({"io.waymark.advisor", "io.waymark.customer", "io.waymark.engine.table"})
class TaskBench {

  private static final int BRANCHES = 40;
  private static final int EACH = 50;
  private static final int PAGES = 200;
  private static final int ROUTED = 400;

  @Autowired JdbcClient jdbc;
  @Autowired WorkList workList;
  @Autowired TaskRouting routing;

  private final Random random = new Random(7);
  private final AtomicInteger number = new AtomicInteger();

  @Test
  void work_lists_and_routing_of_a_large_broker() throws Exception {
    fill();
    Rounds.of("work list, p95 of " + PAGES + " pages", "ms", 5)
        .contestant("bare SQL: ids of my open tasks", () -> p95(this::bare))
        .contestant("my tasks", () -> p95(() -> list(WorkFilter.mine())))
        .contestant("the pool", () -> p95(() -> list(WorkFilter.pool())))
        .contestant("my branch", () -> p95(() -> list(WorkFilter.branch())))
        .contestant("how many are mine", () -> p95(this::count))
        .run();
    Rounds.of("routing, " + ROUTED + " tasks", "tasks/s", 3)
        .contestant("one by one, one thread", () -> routed(1, 1))
        .contestant("one by one, four threads", () -> routed(1, 4))
        .contestant("fifty together, one thread", () -> routed(50, 1))
        .contestant("fifty together, four threads", () -> routed(50, 4))
        .contestant("fifty of one branch, four threads", () -> routedInOneBranch(50, 4))
        .run();
  }

  private void bare() {
    jdbc.sql(
            """
            select task_id from advisor_task where assignee = ? and status = 'open'
            order by due_at limit 51
            """)
        .param(advisor())
        .query(String.class)
        .list();
  }

  private void list(WorkFilter filter) {
    int branch = random.nextInt(BRANCHES);
    workList.page(
        name(branch, random.nextInt(EACH)),
        filter,
        BranchScope.of(code(branch)),
        MovableClock.START,
        0,
        51);
  }

  private void count() {
    int branch = random.nextInt(BRANCHES);
    workList.count(
        name(branch, random.nextInt(EACH)),
        WorkFilter.mine(),
        BranchScope.of(code(branch)),
        MovableClock.START);
  }

  private double p95(Runnable page) {
    double[] times = new double[PAGES];
    for (int i = 0; i < PAGES; i++) {
      long start = System.nanoTime();
      page.run();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[PAGES * 95 / 100];
  }

  private double routed(int batch, int threads) throws Exception {
    return routed(batch, threads, this::offer);
  }

  private double routedInOneBranch(int batch, int threads) throws Exception {
    return routed(batch, threads, () -> offer(random.nextInt(2) * BRANCHES));
  }

  private double routed(int batch, int threads, Supplier<TaskOffer> offers) throws Exception {
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var work =
          IntStream.range(0, ROUTED / batch)
              .mapToObj(i -> Stream.generate(offers).limit(batch).toList())
              .<Callable<Object>>map(together -> () -> routing.assignAll(together))
              .toList();
      long start = System.nanoTime();
      for (Future<Object> done : pool.invokeAll(work)) {
        done.get();
      }
      return ROUTED / ((System.nanoTime() - start) / 1e9);
    } finally {
      pool.shutdown();
    }
  }

  private TaskOffer offer() {
    return offer(number.get());
  }

  private TaskOffer offer(int kind) {
    int id = number.incrementAndGet();
    return new TaskOffer(
        "bench-new-" + id,
        -id,
        code(kind % BRANCHES),
        id,
        "margin-opening",
        "Task_Advisor",
        "投顾一对一跟进",
        kind % 3 == 0 ? "margin" : null,
        Set.of("will_open", "declined"),
        MovableClock.START,
        8);
  }

  private String advisor() {
    return name(random.nextInt(BRANCHES), random.nextInt(EACH));
  }

  private static String code(int branch) {
    return "BENCH" + branch;
  }

  private static String name(int branch, int advisor) {
    return "bench-" + branch + "-" + advisor;
  }

  private void fill() {
    jdbc.sql(
            "insert into branch (code, name) select 'BENCH' || b, 'BENCH' || b"
                + " from generate_series(0, 39) b")
        .update();
    jdbc.sql(
            """
            insert into staff (username, name, role, branch, all_branches, enabled, created_at,
              updated_at)
            select 'bench-' || b || '-' || a, '投顾', 'advisor', 'BENCH' || b, false, true, now(),
              now()
            from generate_series(0, 39) b, generate_series(0, 49) a
            """)
        .update();
    jdbc.sql(
            """
            insert into advisor (username, branch, qualifications, licence_until, daily_capacity,
              leader, updated_at)
            select username, branch, case when random() < 0.5 then array['margin'] else '{}' end,
              date '2030-01-01', 500, false, now()
            from staff where username like 'bench-%'
            """)
        .update();
    jdbc.sql(
            """
            insert into advisor_task (task_id, customer_id, branch, participation_id, journey_key,
              node, title, outcomes, status, assignee, reason, created_at, assigned_at, due_at,
              closed_at, closed_by, outcome, tried_at)
            select 'bench-' || n, n, 'BENCH' || b, n, 'onboarding', 'Task_Advisor', '投顾回访',
              array['will_fund', 'declined'], case when opened then 'open' else 'completed' end,
              who, case when who is null then 'pool' else 'own_advisor' end, at,
              case when who is null then null else at end, at + interval '1 day',
              case when opened then null else at + interval '5 hours' end,
              case when opened then null else who end,
              case when opened then null else 'declined' end, at
            from (
              select n, n % 40 as b, n < 100000 as opened,
                case when n < 100000 and n % 50 = 0 then null
                     else 'bench-' || (n % 40) || '-' || (n / 40 % 50) end as who,
                timestamptz '2026-11-23 02:00:00Z' - (n % 40000) * interval '1 minute' as at
              from generate_series(0, 399999) n) made
            """)
        .update();
    jdbc.sql("vacuum (analyze) advisor_task").update();
    jdbc.sql("vacuum (analyze) advisor").update();
    jdbc.sql("vacuum (analyze) staff").update();
  }
}
