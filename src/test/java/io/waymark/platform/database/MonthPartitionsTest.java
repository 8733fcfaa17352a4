package io.waymark.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice
class MonthPartitionsTest {

  @Autowired MonthPartitions partitions;
  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired Scheduler scheduler;
  @Autowired AutowireCapableBeanFactory beans;
  @Autowired TransactionTemplate transaction;

  private final String table = "months_" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void make() {
    jdbc.sql("create table %s (at timestamptz not null) partition by range (at)".formatted(table))
        .update();
    jdbc.sql("create table %s_default partition of %s default".formatted(table, table)).update();
  }

  @Test
  void months_are_made_once_and_begin_at_midnight_in_shanghai() {
    partitions.ensure(table, YearMonth.of(2026, 11), 2);
    partitions.ensure(table, YearMonth.of(2026, 11), 3);
    insert("2026-11-30T23:59:59.999999+08:00");
    insert("2026-12-01T00:00:00+08:00");
    insert("2027-03-01T00:00:00+08:00");

    assertThat(
            jdbc.sql("select tableoid::regclass::text from %s order by at".formatted(table))
                .query(String.class)
                .list())
        .containsExactly(table + "_y2026m11", table + "_y2026m12", table + "_default");
    assertThat(months()).hasSize(4);
  }

  @Test
  void a_month_that_already_has_rows_in_the_default_partition_stays_there() {
    insert("2026-12-05T10:00:00+08:00");

    partitions.ensure(table, YearMonth.of(2026, 11), 3);

    assertThat(months())
        .containsExactlyInAnyOrder(table + "_default", table + "_y2026m11", table + "_y2027m01");
  }

  @Test
  void every_monthly_table_is_kept_three_months_ahead_of_the_clock() {
    clock.set(LocalDateTime.parse("2027-05-31T23:30"));

    beans.createBean(PartitionUpkeep.class).run();

    assertThat(months())
        .containsExactlyInAnyOrder(
            table + "_default",
            table + "_y2027m04",
            table + "_y2027m05",
            table + "_y2027m06",
            table + "_y2027m07",
            table + "_y2027m08");
    assertThat(exists("evidence_y2027m08")).isTrue();
  }

  @Test
  void a_busy_table_does_not_keep_the_others_from_their_months() throws Exception {
    clock.set(LocalDateTime.parse("2028-01-15T10:00"));
    transaction.executeWithoutResult(
        reading -> {
          jdbc.sql("select count(*) from " + table).query().singleRow();
          CompletableFuture.runAsync(() -> beans.createBean(PartitionUpkeep.class).run()).join();
        });

    assertThat(months()).containsExactly(table + "_default");
    assertThat(exists("evidence_y2028m01")).isTrue();
  }

  @Test
  void the_upkeep_has_run_at_start_up_and_is_due_every_night() throws Exception {
    assertThat(exists("evidence_y2026m11")).isTrue();
    assertThat(exists("evidence_y2027m02")).isTrue();
    assertThat(scheduler.getTrigger(new TriggerKey("partition-upkeep"))).isNotNull();
    assertThat(scheduler.isStarted()).isFalse();
  }

  @Test
  void a_name_that_is_no_table_name_is_refused() {
    assertThatThrownBy(() -> partitions.ensure("x; drop", YearMonth.of(2026, 11), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void insert(String at) {
    jdbc.sql("insert into %s values (?)".formatted(table)).param(OffsetDateTime.parse(at)).update();
  }

  private List<String> months() {
    return jdbc.sql(
            "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass")
        .param(table)
        .query(String.class)
        .list();
  }

  private boolean exists(String name) {
    return jdbc.sql("select to_regclass(?) is not null").param(name).query(Boolean.class).single();
  }
}
