package io.waymark.platform.database;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A one-line file only its owner reads, replaced as a whole.
 *
 * @param path where it is
 */
record OwnerFile(Path path) {

  static String randomText() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  boolean exists() {
    return Files.exists(path);
  }

  String read() throws IOException {
    return Files.readString(path).strip();
  }

  void write(String text) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(draft);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(draft, text + "\n");
    Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
