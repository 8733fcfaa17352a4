package io.waymark.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks requests by the Standard Webhooks specification: HMAC-SHA256 over {@code
 * id.timestamp.body}, so that neither body nor age nor name of a request can be changed on the way.
 * Waymark uses it in all three directions: to the SMS provider, to webhook targets, and for
 * receipts coming back.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks">the specification</a>
 */
public final class RequestSignature {

  public static final String ID = "webhook-id";
  public static final String TIMESTAMP = "webhook-timestamp";
  public static final String SIGNATURE = "webhook-signature";

  /** How far the time of a request may be from ours, either way. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  /** Where the worked example comes from that this code is tested against. */
  static final String VERIFICATION =
      "Standard Webhooks 参考实现的测试向量 https://github.com/standard-webhooks/standard-webhooks";

  private static final String VERSION = "v1,";

  private RequestSignature() {}

  /** What a check found. */
  public enum Check {
    VALID,
    MISSING,
    OUTSIDE_WINDOW,
    WRONG
  }

  /** The three headers that sign a request made at {@code at}. */
  public static Map<String, String> headers(Secret secret, String id, Instant at, byte[] body) {
    String timestamp = Long.toString(at.getEpochSecond());
    return Map.of(ID, id, TIMESTAMP, timestamp, SIGNATURE, sign(secret, id, timestamp, body));
  }

  /**
   * @param timestamp seconds since 1970 as text, as it stands in the header
   * @return {@code v1,} and base64
   */
  public static String sign(Secret secret, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HmacSHA256 is required of every Java platform", impossible);
    }
  }

  /**
   * Checks the headers as received; null stands for an absent one.
   *
   * @param signatures one or more signatures separated by spaces, so that a secret can be rotated
   */
  public static Check check(
      Secret secret,
      @Nullable String id,
      @Nullable String timestamp,
      @Nullable String signatures,
      byte[] body,
      Instant now) {
    if (id == null || timestamp == null || signatures == null || !timestamp.matches("\\d{1,12}")) {
      return Check.MISSING;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(at, now).abs().compareTo(WINDOW) > 0) {
      return Check.OUTSIDE_WINDOW;
    }
    byte[] expected = sign(secret, id, timestamp, body).getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (String signature : signatures.split(" ")) {
      matches |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }
    return matches ? Check.VALID : Check.WRONG;
  }
}
