package io.waymark.platform.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the library beside the data. */
final class PostgresBinaries {

  private final Path home;
  private @Nullable Path unpacked;

  PostgresBinaries(Path home) {
    this.home = home;
  }

  /** The program of this name. */
  Path command(String name) throws IOException {
    return root().resolve("bin").resolve(windows() ? name + ".exe" : name);
  }

  /** Where the programs are; unpacks them at first use. Call under the folder's lock. */
  Path root() throws IOException {
    if (unpacked == null) {
      unpacked = unpack();
    }
    return unpacked;
  }

  /** Into a folder named by the archive's hash, so that an update of the library is noticed. */
  private Path unpack() throws IOException {
    byte[] archive = archive();
    Path target = home.resolve("postgres-programs-" + hash(archive));
    if (!Files.exists(target)) {
      Path draft = home.resolve("postgres-programs.new");
      FolderTree.delete(draft);
      unpack(archive, draft);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return target;
  }

  private static byte[] archive() throws IOException {
    try (InputStream packed =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system(), ArchUtils.normalize(System.getProperty("os.arch")))) {
      return packed.readAllBytes();
    } catch (IllegalStateException missing) {
      throw new IOException("没有适合本机系统的 PostgreSQL 程序", missing);
    }
  }

  private static String hash(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static void unpack(byte[] packed, Path target) throws IOException {
    try (TarArchiveInputStream archive =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(packed)))) {
      for (TarArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        write(archive, entry, target.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void write(TarArchiveInputStream archive, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    if (entry.isLink()) {
      throw new IOException("unexpected hard link " + entry.getName());
    }
    Files.copy(archive, path);
    if (!windows() && (entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.contains("windows")) {
      return "Windows";
    }
    return name.contains("mac") ? "Darwin" : "Linux";
  }

  private static boolean windows() {
    return system().equals("Windows");
  }
}
