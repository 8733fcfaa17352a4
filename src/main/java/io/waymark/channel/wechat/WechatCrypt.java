package io.waymark.channel.wechat;

import io.waymark.channel.vendor.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tencent's encryption of callbacks: AES-256-CBC with the key's first half as vector, 16 random
 * bytes, length, message, receiver; PKCS#7 to 32 bytes. Signed by SHA-1 over the sorted parts.
 *
 * @see <a href="https://developer.work.weixin.qq.com/document/path/90968">企业微信加解密方案说明</a>
 */
public final class WechatCrypt {

  private static final int RANDOM_BYTES = 16;
  private static final int BLOCK = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String token;
  private final byte[] key;
  private final String receiver;

  /**
   * @param encodingAesKey 43 characters as the vendor's console gives them
   * @param receiver corp id or app id, which every message names
   * @throws IllegalArgumentException when the key is none
   */
  public WechatCrypt(String token, String encodingAesKey, String receiver) {
    this.token = token;
    this.receiver = receiver;
    if (!encodingAesKey.matches("[A-Za-z0-9+/]{43}")) {
      throw new IllegalArgumentException("EncodingAESKey 应为 43 个字符，请从管理后台复制");
    }
    // The vendor's own example ends in a character whose lowest bits are not zero, which Java's
    // strict decoder refuses and nobody reads.
    this.key = Base64.getMimeDecoder().decode(zeroed(encodingAesKey) + "=");
  }

  private static String zeroed(String key) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    int last = alphabet.indexOf(key.charAt(42)) & ~3;
    return key.substring(0, 42) + alphabet.charAt(last);
  }

  /** SHA-1 over token and parts in their sorted order. */
  public String signature(String... parts) {
    String[] all = Arrays.copyOf(parts, parts.length + 1);
    all[parts.length] = token;
    Arrays.sort(all);
    return Digests.sha1(String.join("", all));
  }

  /** The message; empty when it was not encrypted with this key for this receiver. */
  public Optional<String> decrypt(String encrypted) {
    try {
      byte[] clear = run(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(encrypted));
      int padding = clear[clear.length - 1];
      if (padding < 1 || padding > BLOCK) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(clear, 0, clear.length - padding);
      buffer.position(RANDOM_BYTES);
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining()) {
        return Optional.empty();
      }
      byte[] message = new byte[length];
      buffer.get(message);
      byte[] to = new byte[buffer.remaining()];
      buffer.get(to);
      return Digests.same(receiver, new String(to, StandardCharsets.UTF_8))
          ? Optional.of(new String(message, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** As the vendor encrypts; different each time. */
  public String encrypt(String message) {
    byte[] text = Digests.bytes(message);
    byte[] to = Digests.bytes(receiver);
    int length = RANDOM_BYTES + Integer.BYTES + text.length + to.length;
    int padding = BLOCK - length % BLOCK;
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    ByteBuffer clear = ByteBuffer.allocate(length + padding);
    clear.put(random).putInt(text.length).put(text).put(to);
    Arrays.fill(clear.array(), length, length + padding, (byte) padding);
    try {
      return Base64.getEncoder().encodeToString(run(Cipher.ENCRYPT_MODE, clear.array()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES is required of every Java platform", impossible);
    }
  }

  private byte[] run(int mode, byte[] input) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, RANDOM_BYTES)));
    return cipher.doFinal(input);
  }
}
