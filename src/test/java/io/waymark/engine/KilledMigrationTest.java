package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waymark.WaymarkApplication;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.OverdueChoice;
import io.waymark.journey.migration.MigrationPlan;
import io.waymark.journey.migration.MigrationPlans;
import io.waymark.journey.migration.MigrationSettings;
import io.waymark.journey.migration.MigrationStatus;
import io.waymark.journey.migration.MigrationWork;
import io.waymark.journey.migration.TimerChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node that moves customers to another version is killed with {@code kill -9}, again and again,
 * wherever it stands; the next one goes on. {@code mvn -Pchaos verify -Dtest=KilledMigrationTest}.
 */
@WithTravellers
@Tag("chaos")
class KilledMigrationTest {

  private static final int PEOPLE = Integer.getInteger("waymark.migration.killed", 300);
  private static final int KILLS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired MigrationPlans plans;
  @Autowired DataSource database;
  @Autowired JdbcClient jdbc;

  /** A whole node on the same database whose only work are migrations. */
  static final class Mover {

    private Mover() {}

    public static void main(String[] arguments) throws InterruptedException {
      MigrationWork work =
          SpringApplication.run(WaymarkApplication.class, arguments).getBean(MigrationWork.class);
      while (true) {
        if (work.runNext() == 0) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
    }
  }

  private Process node(Path log) throws IOException {
    HikariDataSource pool;
    try {
      pool = database.unwrap(HikariDataSource.class);
    } catch (java.sql.SQLException none) {
      throw new IOException(none);
    }
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=Asia/Shanghai",
                "-cp",
                System.getProperty("java.class.path"),
                Mover.class.getName(),
                "--spring.profiles.active=test",
                "--server.port=0",
                "--waymark.simulator.enabled=false",
                "--spring.datasource.url=" + pool.getJdbcUrl(),
                "--spring.datasource.username=" + pool.getUsername(),
                "--spring.datasource.password=" + pool.getPassword()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  @Test
  void wherever_it_is_killed_nobody_is_lost_and_nobody_is_moved_or_told_twice() throws Exception {
    long seed = Long.getLong("chaos.seed", System.nanoTime());
    Random random = new Random(seed);
    travellers.open();
    travellers.settle();
    Sketch first = journey(Sketch.of("killed"), "");
    JourneyVersion from = first.publish(deployments, versions);
    List<Traveller> crowd =
        IntStream.range(0, PEOPLE)
            .mapToObj(i -> travellers.somebody().does(first.entry()))
            .toList();
    crowd.subList(0, PEOPLE / 3).forEach(one -> one.does("test.a"));
    JourneyVersion to = journey(first.next(), "_New").publish(deployments, versions);
    MigrationPlan plan = approved(from, to);
    Path log = Files.createDirectories(Path.of("target", "chaos")).resolve("mover.log");

    for (int kill = 0; kill < KILLS; kill++) {
      long target = (long) PEOPLE * (kill + 1) / (KILLS + 2);
      Process node = node(log);
      try {
        until("node " + kill + " to move customers", node, () -> moved(plan) >= target);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
      } finally {
        node.destroyForcibly().waitFor();
      }
      System.out.printf("killed after %d of %d were moved%n", moved(plan), PEOPLE);
      everyOneIsWhole(from, to);
    }
    Process last = node(log);
    try {
      until("the last node to finish", last, () -> state(plan) == MigrationStatus.DONE);
    } finally {
      last.destroyForcibly().waitFor();
    }

    assertThat(moved(plan)).as("seed %d", seed).isEqualTo(PEOPLE);
    assertThat(count("select count(*) from migration_failure where plan_id = ?", plan.id()))
        .isZero();
    assertThat(count("select count(*) from customer_move where plan_id = ?", plan.id()))
        .isEqualTo(PEOPLE);
    everyOneIsWhole(from, to);
    assertThat(inside(to)).isEqualTo(PEOPLE);
    crowd.subList(PEOPLE / 3, PEOPLE).forEach(one -> one.does("test.a"));
    crowd.forEach(one -> one.does("test.b"));
    assertThat(inside(to)).as("everybody reached the end").isZero();
    assertThat(
            count(
                """
                select count(*) from (
                  select customer_id from message where journey_key = ?
                   group by customer_id having count(*) = 1) as told_once
                """,
                first.key()))
        .isEqualTo(PEOPLE);
  }

  /** Who is in a version by our books is in it in the engine, and was moved exactly if he is. */
  private void everyOneIsWhole(JourneyVersion from, JourneyVersion to) {
    assertThat(inside(from) + inside(to)).as("nobody is lost").isEqualTo(PEOPLE);
    assertThat(
            jdbc.sql(
                    """
                    select count(*)
                      from participation p
                      join journey_version v on v.id = p.journey_version_id
                      left join act_ru_execution e on e.id_ = p.process_instance_id
                     where p.journey_version_id in (:from, :to) and p.left_at is null
                       and (e.proc_def_id_ is distinct from v.definition_id
                         or (select count(*) from customer_move m where m.participation_id = p.id)
                            <> case when p.journey_version_id = :to then 1 else 0 end
                         or (select count(*) from evidence x
                              where x.customer_id = p.customer_id and x.kind = 'customer_moved')
                            <> case when p.journey_version_id = :to then 1 else 0 end
                         or (select count(*) from node_visit n
                              where n.participation_id = p.id and n.left_at is null) <> 1)
                    """)
                .param("from", from.id())
                .param("to", to.id())
                .query(Long.class)
                .single())
        .as("whose books and whose instance say different things")
        .isZero();
  }

  private static void until(String what, Process node, BooleanSupplier state)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!state.getAsBoolean()) {
      assertThat(node.isAlive()).as("the node lives; see target/chaos/mover.log").isTrue();
      assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static Sketch journey(Sketch sketch, String suffix) {
    return sketch
        .awaits("Wait" + suffix, "test.a")
        .step("Send" + suffix, "sendMessage", Map.of("template", "onboarding-welcome-sms"))
        .awaits("After" + suffix, "test.b")
        .way("Wait" + suffix, "Send" + suffix, "After" + suffix);
  }

  private MigrationPlan approved(JourneyVersion from, JourneyVersion to) {
    MigrationPlan plan = plans.begin(from.id(), to.id(), "author");
    plan =
        plans.save(
            plan.id(),
            plan.hash(),
            new MigrationSettings(
                Map.of("Wait", "Wait_New", "Send", "Send_New", "After", "After_New"),
                TimerChoice.KEEP,
                OverdueChoice.FIRE,
                null,
                5,
                0,
                null,
                "杀进程演练"),
            "author");
    plans.submit(plan.id(), plan.hash(), "author");
    plans.approve(plan.id(), plan.hash(), "officer");
    // The nodes have a time of their own, which may be before the test's.
    jdbc.sql("update migration_plan set next_at = '2000-01-01' where id = ?")
        .param(plan.id())
        .update();
    return plan;
  }

  private long moved(MigrationPlan plan) {
    return plans.find(plan.id()).orElseThrow().moved();
  }

  private MigrationStatus state(MigrationPlan plan) {
    return plans.find(plan.id()).orElseThrow().status();
  }

  private long inside(JourneyVersion version) {
    return count(
        "select count(*) from participation where journey_version_id = ? and left_at is null",
        version.id());
  }

  private long count(String query, Object parameter) {
    return jdbc.sql(query).param(parameter).query(Long.class).single();
  }
}
