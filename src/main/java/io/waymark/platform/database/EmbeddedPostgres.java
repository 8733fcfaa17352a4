package io.waymark.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;

/**
 * A real PostgreSQL whose data stay in a folder. One server serves every JVM that names the same
 * folder: the first starts it, the last one to end in good order stops it, and one that outlived a
 * killed JVM is adopted. Why it is built so: docs/decisions/embedded-postgres.md.
 */
final class EmbeddedPostgres {

  static final String USER = "waymark";

  private static final String MAJOR_VERSION = "17";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<Path, EmbeddedPostgres> RUNNING = new ConcurrentHashMap<>();

  private final Path home;
  private final Path data;
  private final boolean fsync;
  private final Unprivileged commands;
  private final PostgresBinaries binaries;
  private final OwnerFile portFile;
  private final OwnerFile passwordFile;
  private final FolderLock lock;
  private int port;
  private String password = "";

  private EmbeddedPostgres(Path home, boolean fsync, Unprivileged commands) {
    this.home = home;
    this.data = home.resolve("postgres");
    this.fsync = fsync;
    this.commands = commands;
    this.binaries = new PostgresBinaries(home);
    this.portFile = new OwnerFile(home.resolve("postgres.port"));
    this.passwordFile = new OwnerFile(home.resolve("postgres.password"));
    this.lock = new FolderLock(home);
  }

  /**
   * The server of this folder, started or adopted; it answers when this returns.
   *
   * @param fsync false only where losing the data with the machine is no loss (tests)
   * @throws DatabaseUnavailableException when it does not come up
   */
  static EmbeddedPostgres in(Path folder, boolean fsync) {
    try {
      return in(folder, fsync, Unprivileged.here());
    } catch (IOException e) {
      throw unavailable("无法在 " + folder + " 启动内置 PostgreSQL。", e);
    }
  }

  static EmbeddedPostgres in(Path folder, boolean fsync, Unprivileged commands) {
    return RUNNING.computeIfAbsent(
        folder.toAbsolutePath().normalize(),
        home -> {
          EmbeddedPostgres server = new EmbeddedPostgres(home, fsync, commands);
          server.start();
          SpringApplication.getShutdownHandlers().add(server::leave);
          return server;
        });
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Makes the database when it is missing. */
  void makeDatabase(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
    try (Connection connection = connect();
        PreparedStatement exists =
            connection.prepareStatement("select from pg_database where datname = ?");
        Statement statement = connection.createStatement()) {
      exists.setString(1, name);
      try (ResultSet row = exists.executeQuery()) {
        if (!row.next()) {
          statement.execute("create database " + name);
        }
      }
    } catch (SQLException e) {
      throw unavailable("无法建立数据库 " + name + "。", e);
    }
  }

  private void start() {
    try {
      Files.createDirectories(home);
      lock.exclusively(
          () -> {
            initialise();
            password = passwordFile.read();
            if (!adopt()) {
              launch();
            }
            lock.join();
          });
    } catch (IOException e) {
      throw unavailable("无法在 " + home + " 启动内置 PostgreSQL。", e);
    }
  }

  /** Stops the server unless another JVM still uses it. */
  void leave() {
    RUNNING.remove(home, this);
    try {
      lock.exclusively(
          () -> {
            if (lock.leaveAsLast()) {
              commands.run(
                  binaries.command("pg_ctl"), "-D", data.toString(), "-m", "fast", "-w", "stop");
            }
          });
    } catch (IOException e) {
      throw unavailable("内置 PostgreSQL 未能正常停止。", e);
    }
  }

  private void initialise() throws IOException {
    if (Files.exists(data)) {
      String version = Files.readString(data.resolve("PG_VERSION")).strip();
      if (!version.equals(MAJOR_VERSION)) {
        throw unavailable(
            "%s 是 PostgreSQL %s 的数据，本程序使用 %s。".formatted(data, version, MAJOR_VERSION), null);
      }
      return;
    }
    // Made under another name first: a start that is killed half-way leaves nothing to trip over.
    Path draft = home.resolve("postgres.new");
    FolderTree.delete(draft);
    Files.createDirectory(draft);
    passwordFile.write(OwnerFile.randomText());
    Path passwordCopy = Files.createTempFile(home, "postgres", ".pw");
    try {
      Files.copy(passwordFile.path(), passwordCopy, StandardCopyOption.REPLACE_EXISTING);
      commands.own(draft, passwordCopy, binaries.root());
      commands.run(
          binaries.command("initdb"),
          "-D",
          draft.toString(),
          "-U",
          USER,
          "-A",
          "scram-sha-256",
          "--pwfile=" + passwordCopy,
          "-E",
          "UTF8",
          "--locale=C",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8");
    } finally {
      Files.deleteIfExists(passwordCopy);
    }
    Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether a server of ours is running already; waits for it while it recovers. */
  private boolean adopt() throws IOException {
    Postmaster postmaster = Postmaster.of(data).orElse(null);
    if (postmaster == null) {
      return false;
    }
    if (!postmaster.isRunning()) {
      // The number may belong to some other process by now, and PostgreSQL would then refuse to
      // start.
      Files.deleteIfExists(data.resolve(Postmaster.FILE));
      return false;
    }
    port = postmaster.port();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && postmaster.isRunning()) {
      if (answersFromOurFolder()) {
        return true;
      }
      pause();
    }
    return false;
  }

  private void launch() throws IOException {
    int attempts = 3;
    port = portFile.exists() ? Ports.freeOr(Integer.parseInt(portFile.read())) : Ports.free();
    while (true) {
      try {
        launchOnPort();
        portFile.write(Integer.toString(port));
        return;
      } catch (IOException e) {
        attempts--;
        if (attempts == 0) {
          throw e;
        }
        pause();
        port = Ports.free();
      }
    }
  }

  private void launchOnPort() throws IOException {
    Path log = data.resolve("server.log");
    commands.own(data, binaries.root());
    commands.run(
        binaries.command("pg_ctl"),
        "-D",
        data.toString(),
        "-l",
        log.toString(),
        "-o",
        String.join(" ", settings()),
        "-w",
        "-t",
        Long.toString(PATIENCE.toSeconds()),
        "start");
    if (!answersFromOurFolder()) {
      throw new IOException("PostgreSQL started but does not answer, see " + log);
    }
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>(List.of("-p", Integer.toString(port)));
    PostgresSettings.of(fsync)
        .forEach((name, value) -> settings.addAll(List.of("-c", name + "=" + value)));
    return settings;
  }

  private boolean answersFromOurFolder() throws IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show data_directory")) {
      return row.next() && Files.isSameFile(Path.of(row.getString(1)), data);
    } catch (SQLException notYet) {
      return false;
    }
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    return DriverManager.getConnection(url("postgres"), properties);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL was starting", e);
    }
  }

  private static DatabaseUnavailableException unavailable(
      String message, @Nullable Exception cause) {
    String detail = cause == null ? message : message + "原因：" + cause.getMessage();
    return new DatabaseUnavailableException(
        detail,
        "请检查数据目录 waymark.data-dir 的权限和磁盘空间，或设置 spring.datasource.url 使用已有的 PostgreSQL。",
        cause);
  }
}
