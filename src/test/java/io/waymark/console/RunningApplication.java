package io.waymark.console;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waymark as its user starts it: a process of its own, with its own data folder, that can be
 * killed.
 */
final class RunningApplication implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path folder;
  private final List<String> settings;
  private final int port = freePort();
  private Process process;

  RunningApplication(Path folder, List<String> settings) {
    this.folder = folder;
    this.settings = settings;
  }

  int port() {
    return port;
  }

  /** Starts and waits until the demo broker is open. */
  void start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx700m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("io.waymark.WaymarkApplication");
    command.add("--spring.profiles.active=demo");
    command.add("--server.port=" + port);
    command.add("--waymark.data-dir=" + folder.resolve("data"));
    command.addAll(settings);
    File log = folder.resolve("application.log").toFile();
    try {
      Files.createDirectories(folder);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      long before = greetings(log);
      await("the application to start", () -> alive(log) && greetings(log) > before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean alive(File log) {
    if (!process.isAlive()) {
      throw new AssertionError("the application ended; see " + log);
    }
    return true;
  }

  private static long greetings(File log) {
    try {
      return log.exists()
          ? Files.readString(log.toPath()).lines().filter(line -> line.contains("已启动")).count()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its embedded database, for what only time could do otherwise. */
  Connection database() {
    try {
      Path data = folder.resolve("data");
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:"
              + Files.readString(data.resolve("postgres.port")).strip()
              + "/waymark",
          "waymark",
          Files.readString(data.resolve("postgres.password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** As {@code kill -9} does: nothing is flushed, nothing is said goodbye to. */
  void kill() {
    process.destroyForcibly();
    await("the process to be gone", () -> !process.isAlive());
  }

  static void await(String what, BooleanSupplier condition) {
    Instant until = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(until)) {
        throw new AssertionError("waited in vain for " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
