package io.waymark.evidence.anchor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Finds the key: configured, or made in the data folder of an embedded database. An installation
 * without one runs, seals and verifies, but cannot sign; the evidence page says so.
 */
@Component
public class SigningKeys {

  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
  private static final int SEED = 32;

  private final @Nullable SigningKey key;

  SigningKeys(
      @Value("${waymark.evidence.signing-key:}") String configured,
      @Value("${waymark.database.embedded:false}") boolean embedded,
      @Value("${waymark.data-dir:./data}") Path dataDirectory) {
    if (!configured.isBlank()) {
      key = SigningKey.of(configured);
    } else if (embedded) {
      key = readOrMake(dataDirectory.resolve("evidence-signing.key"));
    } else {
      key = null;
      log.warn(
          "未配置 waymark.evidence.signing-key：证据链照常封存，但没有每日签名，也不能导出证据包。"
              + "可用 openssl genpkey -algorithm ed25519 生成私钥。");
    }
  }

  /** The key to sign with; empty when none is configured. */
  public Optional<SigningKey> key() {
    return Optional.ofNullable(key);
  }

  private static SigningKey readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return SigningKey.of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("无法读写证据签名密钥 " + file + "，请检查目录权限。", e);
    }
  }

  private static void make(Path file) throws IOException {
    Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = Files.createTempFile(directory, "signing", ".draft", ownerOnly());
    try {
      byte[] seed = new byte[SEED];
      new SecureRandom().nextBytes(seed);
      Files.writeString(draft, SigningKey.fresh(seed));
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
