package io.waymark.platform.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/**
 * The master key of an embedded database, beside its data. Good for a developer's machine: whoever
 * copies the folder has data and key.
 */
final class MasterKeyFile {

  private final Path file;

  MasterKeyFile(Path file) {
    this.file = file;
  }

  MasterKey readOrMake() {
    try {
      if (!Files.exists(file)) {
        make();
      }
      return MasterKey.ofBase64(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("无法读写主密钥文件 " + file + "，请检查目录权限。", e);
    }
  }

  private void make() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path draft = Files.createTempFile(directory, "master", ".draft", ownerOnly());
    try {
      Files.writeString(
          draft, Base64.getEncoder().encodeToString(AesGcm.randomBytes(MasterKey.BYTES)) + "\n");
      // A link appears whole and never replaces: of two processes starting at once, one key wins.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException anotherWasFirst) {
      // Theirs is read next.
      return;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
