package io.waymark.platform.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;

/**
 * Hashes of identities by which a customer is found without storing the identity in clear. Keyed,
 * because the eleven digits of a mobile number would fall to a plain hash by trying them all.
 */
public final class KeyedHash {

  private final SecretKey key;

  KeyedHash(MasterKey master) {
    this.key = master.forHashing();
  }

  /**
   * HMAC-SHA256 of one identity, 32 bytes.
   *
   * @param type e.g. {@code mobile}; the same value under another type hashes differently
   * @param normalisedValue brought to one spelling by the caller
   */
  public byte[] of(String type, String normalisedValue) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    byte[] value = normalisedValue.getBytes(StandardCharsets.UTF_8);
    return Hmac.of(
        key,
        ByteBuffer.allocate(Integer.BYTES + typeBytes.length + value.length)
            .putInt(typeBytes.length)
            .put(typeBytes)
            .put(value)
            .array());
  }
}
