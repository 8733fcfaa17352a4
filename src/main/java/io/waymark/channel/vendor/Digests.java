package io.waymark.channel.vendor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The digests vendors sign with. Text is UTF-8, hex is lower case. */
public final class Digests {

  private Digests() {}

  /** HMAC-SHA256. */
  public static byte[] hmacSha256(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException impossible) {
      throw required(impossible);
    }
  }

  /** Hex of SHA-256. */
  public static String sha256(byte[] bytes) {
    return hex(digest("SHA-256", bytes));
  }

  /** Hex of SHA-1, for vendors that still sign callbacks with it. */
  public static String sha1(String text) {
    return hex(digest("SHA-1", bytes(text)));
  }

  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Compares without telling by its time where two texts differ. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw required(impossible);
    }
  }

  private static IllegalStateException required(GeneralSecurityException e) {
    return new IllegalStateException("required of every Java platform", e);
  }
}
