package io.waymark.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node of the cluster: a process of its own on the common data folder. */
final class Node {

  private static final String UP = "已启动";
  private static final int LAST_LINES = 40;

  private final Path log;
  private final Path data;
  private final Path settings;
  private final int port = freePort();
  private volatile @Nullable Process process;
  private long greetings;

  Node(String name, Path folder) {
    this.log = folder.resolve(name + ".log");
    this.data = folder.resolve("data");
    this.settings = folder.resolve("settings");
  }

  URI address() {
    return URI.create("http://localhost:" + port);
  }

  int port() {
    return port;
  }

  /** Begins to start; {@link #up} says when it is open. */
  void start() {
    greetings = greetings();
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx450m",
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "-Dfile.encoding=UTF-8",
                      "-cp",
                      System.getProperty("java.class.path"),
                      "io.waymark.WaymarkApplication",
                      "--spring.profiles.active=demo",
                      "--server.port=" + port,
                      "--waymark.data-dir=" + data,
                      "--spring.config.additional-location=file:" + settings + "/"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether it is open.
   *
   * @throws AssertionError when it ended by itself
   */
  boolean up() {
    if (!alive()) {
      throw new AssertionError("a node ended by itself; " + lastWords());
    }
    return greetings() > greetings;
  }

  /** The end of its log, for whoever cannot look at the file. */
  String lastWords() {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return log
          + ":\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return log + " cannot be read";
    }
  }

  boolean alive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** As {@code kill -9} does: nothing is flushed, nobody is told. */
  void kill() {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroyForcibly();
      Waiting.until("a killed process to be gone", () -> !running.isAlive());
    }
  }

  /**
   * Tells it to stop, as a restart for a new release does.
   *
   * @return whether it finished what it had at hand and ended by itself within a minute
   */
  boolean stop() {
    Process running = process;
    process = null;
    if (running == null) {
      return true;
    }
    running.destroy();
    try {
      if (running.waitFor(60, TimeUnit.SECONDS)) {
        return true;
      }
      running.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private long greetings() {
    try {
      return Files.exists(log)
          ? Files.readString(log).lines().filter(line -> line.contains(UP)).count()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
