package io.waymark.evidence.anchor;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** Asks a time-stamping authority (RFC 3161) to confirm that a statement exists. */
final class TimestampAuthority {

  private static final int NONCE_BITS = 64;

  private final URI url;
  private final Duration timeout;
  private final HttpClient http;
  private final SecureRandom random = new SecureRandom();

  TimestampAuthority(URI url, Duration timeout) {
    this.url = url;
    this.timeout = timeout;
    this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /**
   * The authority's token (DER) over the SHA-256 of a statement.
   *
   * @throws IOException when it cannot be reached, refuses, or answers for another statement
   */
  byte[] stamp(String statement) throws IOException, InterruptedException {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest asked =
        generator.generate(
            TSPAlgorithms.SHA256, sha256(statement), new BigInteger(NONCE_BITS, random));
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/timestamp-query")
                .POST(HttpRequest.BodyPublishers.ofByteArray(asked.getEncoded()))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("the time-stamping authority answered " + answer.statusCode());
    }
    try {
      TimeStampResponse response = new TimeStampResponse(answer.body());
      // Refuses an answer to another request: digest, nonce and policy are compared.
      response.validate(asked);
      TimeStampToken token = response.getTimeStampToken();
      if (token == null) {
        throw new IOException("the time-stamping authority refused: " + response.getStatusString());
      }
      return token.getEncoded();
    } catch (TSPException e) {
      throw new IOException("the time-stamping authority's answer does not fit", e);
    }
  }

  private static byte[] sha256(String statement) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(statement.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
