package io.waymark.platform.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM with a random nonce. Layout: format byte, 12 bytes nonce, cipher text with 16 bytes
 * tag. The customer id is authenticated with it, so that bytes copied to another customer's row do
 * not open.
 */
final class AesGcm {

  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AesGcm() {}

  static byte[] seal(SecretKey key, long customerId, byte[] clear) {
    byte[] nonce = randomBytes(NONCE_BYTES);
    byte[] cipherText = run(Cipher.ENCRYPT_MODE, key, customerId, nonce, ByteBuffer.wrap(clear));
    return ByteBuffer.allocate(1 + NONCE_BYTES + cipherText.length)
        .put(FORMAT)
        .put(nonce)
        .put(cipherText)
        .array();
  }

  /**
   * @throws IllegalStateException when the bytes were changed or belong to another key or customer
   */
  static byte[] open(SecretKey key, long customerId, byte[] sealed) {
    ByteBuffer buffer = ByteBuffer.wrap(sealed);
    if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8 || buffer.get() != FORMAT) {
      throw new IllegalStateException("not sealed by this version: customer " + customerId);
    }
    byte[] nonce = new byte[NONCE_BYTES];
    buffer.get(nonce);
    return run(Cipher.DECRYPT_MODE, key, customerId, nonce, buffer);
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] run(
      int mode, SecretKey key, long customerId, byte[] nonce, ByteBuffer input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(customerId).flip());
      return cipher.doFinal(
          input.array(), input.arrayOffset() + input.position(), input.remaining());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot open what was sealed for customer " + customerId, e);
    }
  }
}
