package io.waymark.platform.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Two file locks among the JVMs that share a folder: one is held while somebody starts or stops the
 * server, the other is shared by all who use it. The system releases both when a JVM is killed.
 */
final class FolderLock {

  /** A deed that may fail on the file system. */
  @FunctionalInterface
  interface Deed {
    void run() throws IOException;
  }

  private final Path gate;
  private final Path users;
  private @Nullable FileChannel use;
  private @Nullable FileLock shared;

  FolderLock(Path folder) {
    this.gate = folder.resolve("postgres.lock");
    this.users = folder.resolve("postgres.users");
  }

  void exclusively(Deed deed) throws IOException {
    try (FileChannel channel = open(gate);
        FileLock held = channel.lock()) {
      if (held.isValid()) {
        deed.run();
      }
    }
  }

  /** Counts this JVM among the users until it ends. */
  void join() throws IOException {
    use = open(users);
    shared = use.lock(0, Long.MAX_VALUE, true);
  }

  /** Takes this JVM off the users; true when nobody is left. */
  boolean leaveAsLast() throws IOException {
    if (use == null || shared == null) {
      return false;
    }
    try (FileChannel channel = use) {
      shared.release();
      FileLock all = channel.tryLock();
      return all != null;
    } finally {
      use = null;
      shared = null;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
