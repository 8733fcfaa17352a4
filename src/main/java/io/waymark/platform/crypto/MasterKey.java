package io.waymark.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The broker's one secret; each use gets its own key derived from it, so that no two uses meet. */
final class MasterKey {

  static final int BYTES = 32;

  private final byte[] key;

  private MasterKey(byte[] key) {
    this.key = key;
  }

  /**
   * @throws IllegalArgumentException with a Chinese sentence when it is not 32 bytes in Base64
   */
  static MasterKey ofBase64(String text) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException notBase64) {
      throw wrong(notBase64);
    }
    if (key.length != BYTES) {
      throw wrong(null);
    }
    return new MasterKey(key);
  }

  SecretKey forWrapping() {
    return new SecretKeySpec(derive("waymark/customer-key/1"), "AES");
  }

  SecretKey forHouse() {
    return new SecretKeySpec(derive("waymark/house/1"), "AES");
  }

  SecretKey forPieces() {
    return new SecretKeySpec(derive("waymark/import-piece/1"), "AES");
  }

  SecretKey forHashing() {
    return new SecretKeySpec(derive("waymark/identity-hash/1"), Hmac.ALGORITHM);
  }

  private byte[] derive(String use) {
    return Hmac.of(new SecretKeySpec(key, Hmac.ALGORITHM), use.getBytes(StandardCharsets.UTF_8));
  }

  private static IllegalArgumentException wrong(@Nullable IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "waymark.crypto.master-key 必须是 32 字节密钥的 Base64；可用 openssl rand -base64 32 生成。", cause);
  }
}
