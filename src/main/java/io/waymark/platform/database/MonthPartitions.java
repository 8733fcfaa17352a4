package io.waymark.platform.database;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Partitions of one month each, Asia/Shanghai, for tables partitioned by range of one timestamptz
 * column. A partition is called {@code <table>_y2026m11}; every such table also has a default
 * partition, so a month that was not made ahead loses nothing.
 */
@Component
public class MonthPartitions {

  private static final Logger log = LoggerFactory.getLogger(MonthPartitions.class);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,50}");
  private static final long ADVISORY_LOCK = 0x7761796d_70617274L;

  private final JdbcClient jdbc;

  public MonthPartitions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes the months that are missing. A month whose rows already lie in the default partition
   * stays there.
   *
   * @param table a table partitioned by range of one timestamptz column
   * @param months how many, from {@code from} on
   * @throws org.springframework.dao.DataAccessException when the table is so busy that its lock is
   *     not to be had in three seconds
   */
  @Transactional
  public void ensure(String table, YearMonth from, int months) {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException("not a table name: " + table);
    }
    jdbc.sql("select pg_advisory_xact_lock(?)").param(ADVISORY_LOCK).query().singleRow();
    for (int i = 0; i < months; i++) {
      YearMonth month = from.plusMonths(i);
      if (!exists(partition(table, month))) {
        make(table, month);
      }
    }
  }

  /** Every table of the schema that is partitioned by month and has a default partition. */
  public List<String> tables() {
    return jdbc.sql(
            """
            select t.relname
              from pg_partitioned_table p
              join pg_class t on t.oid = p.partrelid
              join pg_attribute a on a.attrelid = t.oid and a.attnum = p.partattrs[0]
             where p.partstrat = 'r' and p.partnatts = 1 and p.partdefid <> 0
               and a.atttypid = 'timestamptz'::regtype
               and t.relnamespace = current_schema()::regnamespace
             order by t.relname
            """)
        .query(String.class)
        .list();
  }

  private void make(String table, YearMonth month) {
    OffsetDateTime start = start(month);
    OffsetDateTime end = start(month.plusMonths(1));
    if (defaultHolds(table, start, end)) {
      log.warn("Table {} keeps {} in its default partition: rows arrived before it", table, month);
      return;
    }
    // Making a partition waits for every reader of the table and everybody else then waits behind
    // it.
    jdbc.sql("set local lock_timeout = '3s'").update();
    jdbc.sql(
            "create table if not exists %s partition of %s for values from ('%s') to ('%s')"
                .formatted(partition(table, month), table, start, end))
        .update();
  }

  private boolean defaultHolds(String table, OffsetDateTime start, OffsetDateTime end) {
    Partitioning partitioning =
        jdbc.sql(
                """
                select p.partdefid::regclass::text as fallback, a.attname as key
                  from pg_partitioned_table p
                  join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
                 where p.partrelid = ?::regclass and p.partdefid <> 0
                """)
            .param(table)
            .query(
                (row, number) -> new Partitioning(row.getString("fallback"), row.getString("key")))
            .optional()
            .orElseThrow(
                () -> new IllegalArgumentException("no default partition on table " + table));
    return jdbc.sql(
            "select exists (select from %s where %s >= ? and %s < ?)"
                .formatted(partitioning.fallback(), partitioning.key(), partitioning.key()))
        .params(start, end)
        .query(Boolean.class)
        .single();
  }

  private boolean exists(String name) {
    return jdbc.sql("select to_regclass(?) is not null").param(name).query(Boolean.class).single();
  }

  private static String partition(String table, YearMonth month) {
    return "%s_y%04dm%02d".formatted(table, month.getYear(), month.getMonthValue());
  }

  private static OffsetDateTime start(YearMonth month) {
    LocalDate first = month.atDay(1);
    return first.atStartOfDay(ZONE).toOffsetDateTime();
  }

  private record Partitioning(String fallback, String key) {}
}
