package io.waymark.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's commands, which refuse to be root. As root they run in a user namespace of
 * their own, where the files stay root's; where the system refuses that, they run as the user id
 * 65534 and the files are given to it. No account is created either way.
 */
enum Unprivileged {
  AS_WE_ARE(-1),
  IN_NAMESPACE(0, "unshare", "-U"),
  AS_NOBODY(65_534, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final int owner;
  private final List<String> prefix;

  Unprivileged(int owner, String... prefix) {
    this.owner = owner;
    this.prefix = List.of(prefix);
  }

  /**
   * The way that works here.
   *
   * @throws IOException with a Chinese sentence when we are root and neither way is open
   */
  static Unprivileged here() throws IOException {
    if (!isRoot()) {
      return AS_WE_ARE;
    }
    for (Unprivileged way : List.of(IN_NAMESPACE, AS_NOBODY)) {
      if (way.works()) {
        return way;
      }
    }
    throw new IOException("PostgreSQL 不能以 root 运行，而此处既不能使用 unshare -U，也不能使用 setpriv；请换用普通用户启动。");
  }

  /** Gives these folders and files to whom the commands run as, unless they are theirs already. */
  void own(Path... roots) throws IOException {
    if (this == AS_WE_ARE) {
      return;
    }
    for (Path root : roots) {
      if (Integer.valueOf(owner).equals(Files.getAttribute(root, "unix:uid"))) {
        continue;
      }
      for (Path path : FolderTree.paths(root)) {
        Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /**
   * Runs a command to its end.
   *
   * @throws IOException with what the command said, when it fails
   */
  void run(Path command, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(prefix);
    line.add(command.toString());
    Collections.addAll(line, arguments);
    // A file, not a pipe: the server inherits the output and a pipe would stay open as long as it
    // lives.
    Path output = Files.createTempFile("postgres-command", ".log");
    try {
      int exit = await(start(line, output));
      if (exit != 0) {
        throw new IOException(
            "%s 返回 %d：%s".formatted(command.getFileName(), exit, Files.readString(output).strip()));
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static Process start(List<String> line, Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
  }

  private boolean works() {
    try {
      List<String> line = new ArrayList<>(prefix);
      line.add("true");
      return await(new ProcessBuilder(line).redirectErrorStream(true).start()) == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static int await(Process process) throws IOException {
    try {
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("命令三分钟内未结束");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
