package io.waymark.engine;

import com.zaxxer.hikari.HikariDataSource;
import io.waymark.testing.StatementCounter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what the steps of a way cost the database and compares it with what is pinned. */
@TestComponent
class JourneyCosts {

  private static final Path PINNED = Path.of("src/test/resources/io/waymark/engine/costs");
  private static final Pattern WRITES =
      Pattern.compile("(?<!for )\\b(insert into|update|delete from)\\s+([a-z_]+)");
  private static final Pattern READS = Pattern.compile("\\b(from|join)\\s+([a-z_]+)");
  private static final Pattern PARTITION = Pattern.compile("_(y\\d{4}m\\d{2}|default)$");

  /**
   * The tests' engine alone keeps activities, and asks for their start and removal time. Who
   * listens to changes of customers depends on the audiences of other tests.
   */
  private static final Pattern OF_THE_TESTS =
      Pattern.compile("act_hi_actinst|hpi\\.removal_time_|posting_|audience_|from event_queue");

  /** Somebody's way, step by step. */
  interface Way {
    void walk(Steps steps);
  }

  /** Takes one step after the other. */
  interface Steps {
    void step(String name, Runnable step);
  }

  private final StatementCounter statements;
  private final JdbcClient jdbc;
  private final HikariDataSource pool;

  JourneyCosts(StatementCounter statements, JdbcClient jdbc, DataSource dataSource)
      throws SQLException {
    this.statements = statements;
    this.jdbc = jdbc;
    this.pool = dataSource.unwrap(HikariDataSource.class);
  }

  /** Lines that cost more than is pinned for the journey, or are not pinned at all. */
  List<String> moreThanPinned(String journey, Way way) {
    Map<String, Long> measured = new TreeMap<>();
    List<String> names = new ArrayList<>();
    way.walk(
        (name, step) -> {
          names.add(name);
          String prefix = names.size() + " " + name + " | ";
          measure(step).forEach((what, times) -> measured.put(prefix + what, times));
        });
    print(journey, measured);
    Path file = PINNED.resolve(journey + ".txt");
    if (Boolean.getBoolean("waymark.costs.pin")) {
      write(file, measured);
    }
    Map<String, Long> pinned = read(file);
    return measured.entrySet().stream()
        .filter(one -> one.getValue() > pinned.getOrDefault(one.getKey(), 0L))
        .map(
            one ->
                "%s = %d, pinned %d"
                    .formatted(one.getKey(), one.getValue(), pinned.getOrDefault(one.getKey(), 0L)))
        .toList();
  }

  private Map<String, Long> measure(Runnable step) {
    Map<String, Long> before = rows();
    List<String> executed = statements.during(step);
    Map<String, Long> costs = new TreeMap<>();
    rows()
        .forEach(
            (what, times) -> {
              long more = times - before.getOrDefault(what, 0L);
              if (more > 0 && !OF_THE_TESTS.matcher(what).find()) {
                costs.put("rows " + what, more);
              }
            });
    executed.stream()
        .map(sql -> sql.toLowerCase(Locale.ROOT))
        .filter(sql -> !OF_THE_TESTS.matcher(sql).find())
        .forEach(sql -> costs.merge("statements " + named(sql), 1L, Long::sum));
    return costs;
  }

  private static String named(String sql) {
    Matcher write = WRITES.matcher(sql);
    if (write.find()) {
      return write.group(1).split(" ")[0] + " " + write.group(2);
    }
    Matcher read = READS.matcher(sql);
    return "select" + (read.find() ? " " + read.group(2) : "");
  }

  /** Rows inserted, updated and deleted so far, by table; partitions count as their table. */
  private Map<String, Long> rows() {
    letAllConnectionsTell();
    Map<String, Long> rows = new TreeMap<>();
    jdbc.sql("select relname, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_user_tables")
        .query(
            row -> {
              String table = PARTITION.matcher(row.getString("relname")).replaceFirst("");
              rows.merge("insert " + table, row.getLong("n_tup_ins"), Long::sum);
              rows.merge("update " + table, row.getLong("n_tup_upd"), Long::sum);
              rows.merge("delete " + table, row.getLong("n_tup_del"), Long::sum);
            });
    return rows;
  }

  /** A connection reports what it has done when it is told to, or some seconds later. */
  private void letAllConnectionsTell() {
    List<Connection> all = new ArrayList<>();
    try {
      int open = pool.getHikariPoolMXBean().getTotalConnections();
      for (int i = 0; i < open; i++) {
        all.add(pool.getConnection());
      }
      for (Connection one : all) {
        try (Statement statement = one.createStatement()) {
          statement.execute("select pg_stat_force_next_flush()");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      all.forEach(JourneyCosts::close);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(String journey, Map<String, Long> measured) {
    Map<String, long[]> sums = new TreeMap<>();
    measured.forEach(
        (line, times) -> {
          String step = line.substring(0, line.indexOf(" | "));
          boolean rows = line.contains(" | rows ");
          sums.computeIfAbsent(step, any -> new long[2])[rows ? 1 : 0] += times;
        });
    sums.forEach(
        (step, sum) ->
            System.out.printf(
                "%s, %s: %d statements, %d rows written%n", journey, step, sum[0], sum[1]));
  }

  private static void write(Path file, Map<String, Long> measured) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(
          file, measured.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Long> read(Path file) {
    Map<String, Long> pinned = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.lastIndexOf(" = ");
        pinned.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 3)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pinned;
  }
}
