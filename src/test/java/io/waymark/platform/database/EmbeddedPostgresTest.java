package io.waymark.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  @TempDir Path folder;

  private @Nullable EmbeddedPostgres server;

  @BeforeEach
  void letOtherUsersIn() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.leave();
    }
  }

  @Test
  void a_server_that_outlived_its_killed_jvm_is_adopted_with_its_data() throws Exception {
    Process user = userThat("stay", "before the kill");
    user.destroyForcibly().waitFor();
    Postmaster survivor = Postmaster.of(folder.resolve("postgres")).orElseThrow();
    assertThat(survivor.isRunning()).isTrue();

    server = EmbeddedPostgres.in(folder, true);

    assertThat(Postmaster.of(folder.resolve("postgres"))).contains(survivor);
    assertThat(notes(server)).containsExactly("before the kill");
  }

  @Test
  void data_survive_when_the_server_itself_is_killed() throws Exception {
    Process user = userThat("stay", "before the kill");
    Postmaster killed = Postmaster.of(folder.resolve("postgres")).orElseThrow();
    ProcessHandle process = ProcessHandle.of(killed.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
    user.destroyForcibly().waitFor();

    server = EmbeddedPostgres.in(folder, true);

    assertThat(Postmaster.of(folder.resolve("postgres")).orElseThrow().pid())
        .isNotEqualTo(killed.pid());
    assertThat(notes(server)).containsExactly("before the kill");
  }

  @Test
  void the_last_to_leave_stops_the_server_and_the_port_stays_the_same() throws Exception {
    server = EmbeddedPostgres.in(folder, true);
    int port = server.port();
    userThat("leave", "from another").waitFor();
    assertThat(notes(server)).containsExactly("from another");

    server.leave();
    assertThat(Postmaster.of(folder.resolve("postgres"))).isEmpty();

    server = EmbeddedPostgres.in(folder, true);
    assertThat(notes(server)).containsExactly("from another");
    assertThat(server.port()).isEqualTo(port);
  }

  @Test
  void a_foreign_process_under_the_old_number_is_not_taken_for_the_server() throws Exception {
    server = EmbeddedPostgres.in(folder, true);
    server.leave();
    Process foreign = new ProcessBuilder("sleep", "120").start();
    Files.writeString(
        folder.resolve("postgres/postmaster.pid"),
        "%d\n%s\n0\n%d\n\n127.0.0.1\n"
            .formatted(foreign.pid(), folder.resolve("postgres"), server.port()));

    server = EmbeddedPostgres.in(folder, true);

    assertThat(notes(server)).isEmpty();
    assertThat(foreign.isAlive()).isTrue();
    foreign.destroyForcibly();
  }

  @Test
  void commits_reach_the_disk_and_the_engine_gets_its_settings() throws Exception {
    server = EmbeddedPostgres.in(folder, true);

    assertThat(query(server, "show fsync")).containsExactly("on");
    assertThat(query(server, "show synchronous_commit")).containsExactly("on");
    assertThat(query(server, "show jit")).containsExactly("off");
    assertThat(query(server, "select '展' ~ '\\w' and upper('é') = 'É'")).containsExactly("t");
    assertThat(query(server, "show server_encoding")).containsExactly("UTF8");
  }

  @Test
  void a_stranger_without_the_password_is_refused() {
    EmbeddedPostgres running = EmbeddedPostgres.in(folder, true);
    server = running;

    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    running.url("postgres"), EmbeddedPostgres.USER, "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  @Test
  void root_without_user_namespaces_runs_it_as_nobody() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")));

    server = EmbeddedPostgres.in(folder, true, Unprivileged.AS_NOBODY);

    assertThat(notes(server)).isEmpty();
    assertThat(Files.getAttribute(folder.resolve("postgres"), "unix:uid")).isEqualTo(65_534);
    server.leave();

    server = EmbeddedPostgres.in(folder, true);
    assertThat(notes(server)).isEmpty();
  }

  @Test
  void data_of_another_major_version_are_not_touched() throws Exception {
    Files.createDirectories(folder.resolve("postgres"));
    Files.writeString(folder.resolve("postgres/PG_VERSION"), "16\n");

    assertThatThrownBy(() -> EmbeddedPostgres.in(folder, true))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("16");
  }

  private Process userThat(String then, String writes) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PostgresUser.class.getName(),
                folder.toString(),
                writes,
                then)
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.equals("written")) {
        return process;
      }
    }
    throw new IllegalStateException("the other JVM ended: " + lines);
  }

  private static List<String> notes(EmbeddedPostgres server) throws SQLException {
    List<String> table = query(server, "select to_regclass('note') is not null");
    return table.contains("t") ? query(server, "select text from note") : List.of();
  }

  private static List<String> query(EmbeddedPostgres server, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }
}
