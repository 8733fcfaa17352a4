package io.waymark.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final CryptoConfiguration configuration = new CryptoConfiguration();

  @TempDir Path folder;

  @Test
  void production_without_a_key_is_refused_with_a_sentence() {
    assertThatThrownBy(() -> configuration.masterKey("", false, folder))
        .hasMessageContaining("waymark.crypto.master-key");
    assertThatThrownBy(() -> configuration.masterKey("c2hvcnQ=", false, folder))
        .hasMessageContaining("32 字节");
    assertThatThrownBy(() -> configuration.masterKey("not base64!", false, folder))
        .hasMessageContaining("32 字节");
  }

  @Test
  void beside_the_embedded_database_a_key_is_made_once_and_for_its_owner_only() throws Exception {
    byte[] first = hash(configuration.masterKey("", true, folder));
    byte[] second = hash(configuration.masterKey("", true, folder));

    assertThat(second).isEqualTo(first);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("master.key"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_configured_key_goes_before_the_file() {
    assertThat(hash(configuration.masterKey(KEY, true, folder)))
        .isEqualTo(hash(MasterKey.ofBase64(KEY)));
    assertThat(folder.resolve("master.key")).doesNotExist();
  }

  @Test
  void an_identity_hashes_by_its_type_and_value() {
    KeyedHash hash = new KeyedHash(MasterKey.ofBase64(KEY));

    assertThat(hash.of("mobile", "13800001111"))
        .hasSize(32)
        .isEqualTo(hash.of("mobile", "13800001111"))
        .isNotEqualTo(hash.of("fund_account", "13800001111"))
        .isNotEqualTo(hash.of("mobile1", "3800001111"))
        .isNotEqualTo(hash(MasterKey.ofBase64(KEY.replace("AAAA", "BBBB"))));
  }

  @Test
  void keys_for_wrapping_and_hashing_differ() {
    MasterKey master = MasterKey.ofBase64(KEY);

    assertThat(master.forWrapping().getEncoded())
        .isNotEqualTo(master.forHashing().getEncoded())
        .isNotEqualTo(new byte[32]);
  }

  private static byte[] hash(MasterKey master) {
    return new KeyedHash(master).of("mobile", "13800001111");
  }
}
