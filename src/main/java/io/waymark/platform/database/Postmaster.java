package io.waymark.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a data folder says about the server that runs on it.
 *
 * @param pid its process
 * @param port the port it listens on
 */
record Postmaster(long pid, int port) {

  static final String FILE = "postmaster.pid";

  private static final int LINE_OF_PORT = 3;

  /** Reads {@code postmaster.pid}; empty when there is none or it is not written to the end. */
  static Optional<Postmaster> of(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve(FILE));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    if (lines.size() <= LINE_OF_PORT || !lines.get(LINE_OF_PORT).strip().matches("\\d+")) {
      return Optional.empty();
    }
    return Optional.of(
        new Postmaster(
            Long.parseLong(lines.get(0).strip()),
            Integer.parseInt(lines.get(LINE_OF_PORT).strip())));
  }

  /**
   * Whether the process lives and is a PostgreSQL; numbers are used again after a restart of the
   * machine.
   */
  boolean isRunning() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().command().orElse("postgres").contains("postgres"))
        .orElse(false);
  }
}
