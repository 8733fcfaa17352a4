package io.waymark.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Gives each test JVM an empty database of its own on the shared server: one for full contexts and
 * one for slices, whose migrations differ. Databases of JVMs that are gone are dropped on the way.
 */
class FreshDatabase implements EnvironmentPostProcessor, Ordered {

  private static final Pattern NAME = Pattern.compile("test_[a-z]+_(\\d+)_[0-9a-z]+");
  private static final String OWN =
      ProcessHandle.current().pid() + "_" + Long.toString(System.currentTimeMillis(), 36);

  /** Names a database that outlives its JVM, for measurements that take long to fill one. */
  private static final String KEPT = "waymark.test.database";

  private static final Set<String> MADE = ConcurrentHashMap.newKeySet();

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 20;
  }

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication app) {
    if (!environment.acceptsProfiles(Profiles.of("test"))) {
      return;
    }
    String database =
        environment.getProperty(
            KEPT,
            "test_%s_%s".formatted(environment.getProperty("waymark.test.context", "full"), OWN));
    String server = environment.getRequiredProperty("spring.datasource.url");
    if (MADE.add(database)) {
      make(environment, server, database);
    }
    String url = server.substring(0, server.lastIndexOf('/') + 1) + database;
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("freshDatabase", Map.of("spring.datasource.url", url)));
  }

  private static void make(ConfigurableEnvironment environment, String server, String database) {
    try (Connection connection =
            DriverManager.getConnection(
                server,
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getRequiredProperty("spring.datasource.password"));
        Statement statement = connection.createStatement()) {
      for (String stale : stale(statement)) {
        statement.execute("drop database if exists %s with (force)".formatted(stale));
      }
      if (!exists(statement, database)) {
        statement.execute("create database " + database);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("no database for tests", e);
    }
  }

  private static boolean exists(Statement statement, String database) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select 1 from pg_database where datname = '%s'".formatted(database))) {
      return row.next();
    }
  }

  private static List<String> stale(Statement statement) throws SQLException {
    List<String> stale = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("select datname from pg_database")) {
      while (row.next()) {
        Matcher name = NAME.matcher(row.getString(1));
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          stale.add(name.group());
        }
      }
    }
    return stale;
  }
}
