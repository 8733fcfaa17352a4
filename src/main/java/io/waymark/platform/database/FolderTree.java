package io.waymark.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

final class FolderTree {

  private FolderTree() {}

  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    for (Path path : paths(root).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.deleteIfExists(path);
    }
  }

  static List<Path> paths(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.toList();
    }
  }
}
