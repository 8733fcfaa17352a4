package io.waymark.platform.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** On a stage the same statements mean the stage's tables, and PostgreSQL keeps the live ones. */
@DatabaseSlice
class StagesTest {

  @Autowired Stages stages;
  @Autowired JdbcClient jdbc;
  @Autowired Branches branches;
  @Autowired TransactionTemplate transaction;
  @Autowired MovableClock clock;

  private final String code = "S" + UUID.randomUUID().toString().substring(0, 7);

  private Stage open(Map<String, String> tables) {
    return stages.open(new Scenery(tables, Map.of(), List.of()), clock.instant());
  }

  private long branchesNamed(String name) {
    return jdbc.sql("select count(*) from branch where name = ?")
        .param(name)
        .query(Long.class)
        .single();
  }

  @Test
  void what_is_written_on_a_stage_is_seen_there_alone() {
    branches.saveAll(List.of(new Branch(code, code)));
    try (Stage stage = open(Map.of("branch", "x.code = '" + code + "'"));
        Stage other = open(Map.of("branch", ""))) {
      stage.play(() -> branches.saveAll(List.of(new Branch(code, "改名" + code))));
      assertThat(stage.play(() -> branchesNamed("改名" + code))).isOne();
      assertThat(other.play(() -> branchesNamed("改名" + code))).isZero();
      assertThat(other.play(() -> branchesNamed(code))).isZero();
      assertThat(branchesNamed("改名" + code)).isZero();
      assertThat(branchesNamed(code)).isOne();
    }
  }

  @Test
  void postgresql_itself_refuses_to_write_a_live_table_or_to_count_on_a_live_sequence() {
    try (Stage stage = open(Map.of())) {
      assertThatThrownBy(() -> stage.play(() -> branches.saveAll(List.of(new Branch(code, code)))))
          .hasStackTraceContaining("read-only transaction");
      assertThatThrownBy(
              () ->
                  stage.play(
                      () ->
                          transaction.executeWithoutResult(
                              status ->
                                  jdbc.sql("delete from public.branch where code = ?")
                                      .param(code)
                                      .update())))
          .hasStackTraceContaining("read-only transaction");
      assertThatThrownBy(
              () ->
                  stage.play(
                      () ->
                          jdbc.sql("select nextval('public.customer_id_seq')")
                              .query(Long.class)
                              .single()))
          .hasStackTraceContaining("read-only transaction");
    }
  }

  @Test
  void time_moves_on_the_stage_and_nowhere_else() {
    Instant now = clock.instant();
    try (Stage stage = open(Map.of())) {
      stage.moveTo(now.plus(Duration.ofDays(30)));
      assertThat(stage.play(() -> clock.instant())).isEqualTo(now.plus(Duration.ofDays(30)));
      assertThat(clock.instant()).isEqualTo(now);
      assertThat(stage.play(() -> Rehearsing.outside(clock::instant))).isEqualTo(now);
      assertThatThrownBy(() -> stage.moveTo(now)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_transaction_beside_the_running_one_is_refused_because_it_would_see_other_tables() {
    TransactionTemplate alone = new TransactionTemplate(transaction.getTransactionManager());
    alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    try (Stage stage = open(Map.of())) {
      assertThatThrownBy(
              () ->
                  stage.play(
                      () ->
                          transaction.executeWithoutResult(
                              status -> alone.executeWithoutResult(inner -> branchesNamed("x")))))
          .hasStackTraceContaining("one connection");
    }
  }

  @Test
  void a_stage_whose_session_dies_leaves_nothing() {
    Stage stage = open(Map.of("branch", ""));
    stage.play(() -> branches.saveAll(List.of(new Branch(code, code))));
    long ended =
        jdbc.sql(
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                 where application_name = 'waymark-rehearsal' and datname = current_database()
                """)
            .query(Long.class)
            .single();
    assertThat(ended).isPositive();
    stage.close();
    assertThat(branchesNamed(code)).isZero();
  }
}
