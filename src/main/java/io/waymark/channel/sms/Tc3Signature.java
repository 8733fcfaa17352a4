package io.waymark.channel.sms;

import io.waymark.channel.vendor.Digests;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * 腾讯云's signature v3, TC3-HMAC-SHA256, for JSON calls: POST to {@code /}, headers {@code
 * content-type} and {@code host} signed.
 *
 * @see <a href="https://cloud.tencent.com/document/api/213/30654">签名方法 v3</a>
 */
public final class Tc3Signature {

  static final String ALGORITHM = "TC3-HMAC-SHA256";

  /** Signed to the letter, so it must be sent exactly so. */
  public static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private Tc3Signature() {}

  /**
   * The {@code Authorization} header of a call.
   *
   * @param service product name, e.g. {@code sms}
   * @param at goes as seconds into {@code X-TC-Timestamp}
   */
  public static String authorization(
      String secretId, String secretKey, String service, String host, Instant at, byte[] body) {
    String canonical =
        String.join(
            "\n",
            "POST",
            "/",
            "",
            "content-type:" + CONTENT_TYPE,
            "host:" + host,
            "",
            "content-type;host",
            Digests.sha256(body));
    String day = at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    String scope = day + "/" + service + "/tc3_request";
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            Long.toString(at.getEpochSecond()),
            scope,
            Digests.sha256(Digests.bytes(canonical)));
    byte[] forDay = Digests.hmacSha256(Digests.bytes("TC3" + secretKey), day);
    byte[] forService = Digests.hmacSha256(forDay, service);
    byte[] key = Digests.hmacSha256(forService, "tc3_request");
    return ALGORITHM
        + " Credential="
        + secretId
        + "/"
        + scope
        + ", SignedHeaders=content-type;host, Signature="
        + Digests.hex(Digests.hmacSha256(key, toSign));
  }
}
