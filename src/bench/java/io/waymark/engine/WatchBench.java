package io.waymark.engine;

import io.waymark.bench.Rounds;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.watch.Watchdog;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What one look of the watchdog costs with 100,000 customers inside, and with a thousand of them
 * stuck.
 */
@WithTravellers
class WatchBench {

  private static final int PEOPLE = 100_000;

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Watchdog watchdog;
  @Autowired JdbcClient jdbc;

  @Test
  void a_look_at_a_hundred_thousand() throws Exception {
    travellers.open();
    travellers.settle();
    Sketch sketch = Sketch.of("watched").awaits("Wait", "test.a").way("Wait");
    JourneyVersion version = sketch.publish(deployments, versions);
    fill(version);
    Rounds.of("a look at " + PEOPLE + " customers inside", "ms", 3)
        .contestant("counting who is inside", this::count)
        .contestant("nobody stuck", this::look)
        .run();
    jdbc.sql(
            "delete from act_ru_event_subscr where proc_inst_id_ like 'bench-w-%'"
                + " and substr(proc_inst_id_, 9)::int % 100 = 0")
        .update();
    Rounds.of("a look at " + PEOPLE + " customers, 1,000 stuck", "ms", 3)
        .contestant("counting who is inside", this::count)
        .contestant("a thousand stuck", this::look)
        .run();
  }

  private double count() {
    long start = System.nanoTime();
    jdbc.sql("select count(*) from participation where left_at is null").query(Long.class).single();
    return (System.nanoTime() - start) / 1e6;
  }

  private double look() {
    return watchdog.look().toNanos() / 1e6;
  }

  /** Rows as the engine and our books write them for customers who stand at the wait. */
  private void fill(JourneyVersion version) {
    jdbc.sql(
            """
            insert into participation (id, journey_version_id, journey_key, customer_id, branch,
              process_instance_id, entered_at, entry_event_seq)
            select 900000000 + n, :version, :key, -n, 'B' || n % 40, 'bench-w-' || n, now(), 0
              from generate_series(1, :people) n
            """)
        .param("version", version.id())
        .param("key", version.key())
        .param("people", PEOPLE)
        .update();
    jdbc.sql(
            """
            insert into act_ru_execution (id_, rev_, root_proc_inst_id_, proc_inst_id_,
              business_key_, parent_id_, proc_def_id_, act_id_, act_inst_id_, is_active_,
              is_concurrent_, is_scope_, is_event_scope_, suspension_state_, cached_ent_state_,
              sequence_counter_)
            select 'bench-w-' || n || suffix, 1, 'bench-w-' || n, 'bench-w-' || n,
                   case when suffix = '' then :key || ':' || (900000000 + n) end,
                   case when suffix = '' then null else 'bench-w-' || n end,
                   :definition, case when suffix = '' then null else 'Wait' end,
                   'bench-w-a-' || n, suffix <> '', false, true, false, 1,
                   case when suffix = '' then 0 else 1 end, 1
              from generate_series(1, :people) n, (values (''), ('-t')) s (suffix)
             order by suffix, n
            """)
        .param("key", version.key())
        .param("definition", version.definitionId())
        .param("people", PEOPLE)
        .update();
    jdbc.sql(
            """
            insert into act_ru_event_subscr (id_, rev_, event_type_, event_name_, execution_id_,
              proc_inst_id_, activity_id_, created_)
            select 'bench-w-s-' || n, 1, 'message', 'test.a', 'bench-w-' || n || '-t',
                   'bench-w-' || n, 'Wait', now()
              from generate_series(1, :people) n
            """)
        .param("people", PEOPLE)
        .update();
    jdbc.sql(
            """
            insert into node_visit (participation_id, journey_version_id, branch, node, entered_at)
            select 900000000 + n, :version, 'B' || n % 40, 'Wait', now()
              from generate_series(1, :people) n
            """)
        .param("version", version.id())
        .param("people", PEOPLE)
        .update();
    for (String table :
        new String[] {"participation", "act_ru_execution", "act_ru_event_subscr", "node_visit"}) {
      jdbc.sql("vacuum (analyze) " + table).update();
    }
  }
}
