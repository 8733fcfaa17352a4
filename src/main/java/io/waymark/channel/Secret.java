package io.waymark.channel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A shared secret that cannot be printed by accident. Bound by Spring from a property's text.
 *
 * @param clear as configured: {@code whsec_} and base64 as in the Standard Webhooks specification,
 *     or any other text, whose UTF-8 bytes are then the key
 */
public record Secret(String clear) {

  private static final String BASE64_PREFIX = "whsec_";

  /**
   * @throws IllegalArgumentException when empty, or when the part after {@code whsec_} is not
   *     base64
   */
  public Secret {
    if (clear.isBlank() || (clear.startsWith(BASE64_PREFIX) && bytesOf(clear).length == 0)) {
      throw new IllegalArgumentException("密钥不能为空，请在配置中填写");
    }
  }

  /** Used by Spring to bind properties. */
  public static Secret valueOf(String clear) {
    return new Secret(clear);
  }

  /** Key bytes for HMAC. */
  public byte[] bytes() {
    return bytesOf(clear);
  }

  private static byte[] bytesOf(String clear) {
    return clear.startsWith(BASE64_PREFIX)
        ? Base64.getDecoder().decode(clear.substring(BASE64_PREFIX.length()))
        : clear.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Secret[***]";
  }
}
