package io.waymark.platform.rehearsal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Opens stages. Each is a database session of its own beside the pool: temporary tables stand in
 * front of the live ones of the same name, and every transaction is read-only, which for PostgreSQL
 * means that temporary tables alone may be written. See {@code docs/decisions/rehearsal.md}.
 */
@Component
public class Stages {

  /** Numbers given on a stage begin here, far beyond live ones. */
  public static final long FIRST_NUMBER = 1_000_000_000_000_000L;

  /** A stage apart, so that no two name a thing alike: what is remembered by id stays apart. */
  private static final long APART = 1_000_000_000_000L;

  private static final int MOST_APART = 900;

  private final DataSource live;
  private final AtomicInteger numbers = new AtomicInteger();

  Stages(DataSource live) {
    this.live = live;
  }

  /** Opens a stage at this moment, with this scenery. Close it when the play is over. */
  public Stage open(Scenery scenery, Instant at) {
    int number = numbers.incrementAndGet();
    @Nullable Connection connection = null;
    try {
      connection = connect();
      set(connection, scenery, FIRST_NUMBER + number % MOST_APART * APART);
      return new Stage(number, connection, at);
    } catch (SQLException failure) {
      close(connection);
      throw new IllegalStateException("a stage could not be opened", failure);
    }
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException gone) {
        // Nothing to close then.
        return;
      }
    }
  }

  private Connection connect() throws SQLException {
    HikariDataSource pool = live.unwrap(HikariDataSource.class);
    Properties properties = new Properties();
    properties.putAll(pool.getDataSourceProperties());
    properties.setProperty("user", pool.getUsername());
    properties.setProperty("password", pool.getPassword());
    properties.setProperty("ApplicationName", "waymark-rehearsal");
    properties.replaceAll((name, value) -> String.valueOf(value));
    return DriverManager.getConnection(pool.getJdbcUrl(), properties);
  }

  private static void set(Connection connection, Scenery scenery, long first) throws SQLException {
    List<String> act = new ArrayList<>();
    act.add("set jit = off");
    act.add("set temp_buffers = '64MB'");
    act.add("create temp table rehearsed (customer_id bigint primary key)");
    Map<String, String> views = views(connection);
    List<String> tables = scenery.tables().keySet().stream().sorted().toList();
    sequences(connection)
        .forEach(
            (name, step) ->
                act.add(sequence(name, step, scenery.numbers().getOrDefault(name, first))));
    tables.forEach(
        table ->
            act.add("create temp table %s (like public.%s including all)".formatted(table, table)));
    act.addAll(numbering(connection, tables, first));
    views.forEach((name, query) -> act.add("create temp view " + name + " as " + query));
    run(connection, act);
    fill(connection, scenery, tables);
  }

  private static String sequence(String name, long step, long first) {
    return "create temp sequence %s increment by %d start with %d".formatted(name, step, first);
  }

  private static void fill(Connection connection, Scenery scenery, List<String> tables)
      throws SQLException {
    Array customers = connection.createArrayOf("bigint", scenery.customers().toArray());
    try (PreparedStatement names =
        connection.prepareStatement(
            // Whoever was merged into one of them is the same person.
            """
            insert into rehearsed
            select r.record from public.person_record r where r.person = any(?)
            """)) {
      names.setArray(1, customers);
      names.executeUpdate();
    }
    List<String> act = new ArrayList<>();
    act.add("analyze rehearsed");
    Map<String, String> columns = columns(connection, tables);
    for (String table : tables) {
      String condition = scenery.tables().get(table);
      if (condition != null && !condition.isEmpty()) {
        act.add(
            "insert into pg_temp.%1$s (%2$s) overriding system value select %2$s from public.%1$s x where %3$s"
                .formatted(table, columns.get(table), condition));
        act.add("analyze pg_temp." + table);
      }
    }
    act.add("set default_transaction_read_only = on");
    run(connection, act);
  }

  private static void run(Connection connection, List<String> acts) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(String.join(";\n", acts));
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Views, because a live view goes on looking at live tables. */
  private static Map<String, String> views(Connection connection) throws SQLException {
    return pairs(
        connection,
        """
        select relname, pg_get_viewdef(oid) from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'v' order by oid
        """);
  }

  /** Sequences by name, with their step; those of identity columns come with their table. */
  private static Map<String, Long> sequences(Connection connection) throws SQLException {
    Map<String, Long> steps = new LinkedHashMap<>();
    pairs(
            connection,
            """
            select c.relname, s.seqincrement::text
              from pg_sequence s join pg_class c on c.oid = s.seqrelid
             where c.relnamespace = 'public'::regnamespace
               and not exists (select from pg_depend d
                                where d.objid = c.oid and d.classid = 'pg_class'::regclass
                                  and d.deptype = 'i')
             order by 1
            """)
        .forEach((name, step) -> steps.put(name, Long.valueOf(step)));
    return steps;
  }

  /** Lets identities and defaults count on the stage, from the stage's own first number. */
  private static List<String> numbering(Connection connection, List<String> tables, long first)
      throws SQLException {
    List<String> acts = new ArrayList<>();
    try (PreparedStatement columns =
        connection.prepareStatement(
            """
            select c.relname, a.attname, a.attidentity <> '' as identity,
                   pg_get_expr(d.adbin, d.adrelid) as value
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
             where c.relnamespace = 'public'::regnamespace and c.relname = any(?)
               and a.attnum > 0 and not a.attisdropped
               and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')
            """)) {
      columns.setArray(1, connection.createArrayOf("text", tables.toArray()));
      try (ResultSet row = columns.executeQuery()) {
        while (row.next()) {
          String column =
              "alter table pg_temp.%s alter column %s "
                  .formatted(row.getString(1), row.getString(2));
          acts.add(
              column
                  + (row.getBoolean(3)
                      ? "restart with " + first
                      : "set default " + row.getString(4)));
        }
      }
    }
    return acts;
  }

  /** The columns of each table that take values, separated by commas. */
  private static Map<String, String> columns(Connection connection, List<String> tables)
      throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (PreparedStatement named =
        connection.prepareStatement(
            """
            select c.relname, string_agg(quote_ident(a.attname), ', ' order by a.attnum)
              from pg_attribute a join pg_class c on c.oid = a.attrelid
             where c.relnamespace = 'public'::regnamespace and c.relname = any(?)
               and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             group by c.relname
            """)) {
      named.setArray(1, connection.createArrayOf("text", tables.toArray()));
      try (ResultSet row = named.executeQuery()) {
        while (row.next()) {
          columns.put(row.getString(1), row.getString(2));
        }
      }
    }
    return columns;
  }

  private static Map<String, String> pairs(Connection connection, String query)
      throws SQLException {
    Map<String, String> pairs = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        pairs.put(row.getString(1), row.getString(2));
      }
    }
    return pairs;
  }
}
