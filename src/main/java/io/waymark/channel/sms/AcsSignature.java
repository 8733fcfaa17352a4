package io.waymark.channel.sms;

import io.waymark.channel.vendor.Digests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * 阿里云's signature V3, ACS3-HMAC-SHA256, for RPC style calls: everything is in the query, path
 * {@code /}, empty body.
 *
 * @see <a
 *     href="https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature">
 *     V3版本请求体&amp;签名机制</a>
 */
public final class AcsSignature {

  static final String ALGORITHM = "ACS3-HMAC-SHA256";

  /** SHA-256 of nothing: the body of every call. */
  static final String EMPTY_BODY = Digests.sha256(new byte[0]);

  private AcsSignature() {}

  /**
   * The {@code Authorization} header of a call.
   *
   * @param query parameters in clear
   * @param headers {@code host} and every {@code x-acs-*} header, names in lower case
   */
  public static String authorization(
      String keyId,
      byte[] secret,
      String method,
      Map<String, String> query,
      Map<String, String> headers) {
    SortedMap<String, String> sorted = new TreeMap<>(headers);
    String names = String.join(";", sorted.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            "/",
            canonicalQuery(query),
            sorted.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining()),
            names,
            String.valueOf(sorted.get("x-acs-content-sha256")));
    String toSign = ALGORITHM + "\n" + Digests.sha256(Digests.bytes(canonical));
    String signature = Digests.hex(Digests.hmacSha256(secret, toSign));
    return ALGORITHM
        + " Credential="
        + keyId
        + ",SignedHeaders="
        + names
        + ",Signature="
        + signature;
  }

  /** Parameters by name, encoded by RFC 3986, as they stand in the address. */
  public static String canonicalQuery(Map<String, String> query) {
    return new TreeMap<>(query)
        .entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
