package io.waymark.channel.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.waymark.channel.RequestSignature;
import io.waymark.channel.Secret;
import java.time.Clock;

/** Checks the signature of a request that came in. */
final class Signed {

  private Signed() {}

  static RequestSignature.Check by(Secret secret, HttpExchange exchange, byte[] body, Clock clock) {
    Headers headers = exchange.getRequestHeaders();
    return RequestSignature.check(
        secret,
        headers.getFirst(RequestSignature.ID),
        headers.getFirst(RequestSignature.TIMESTAMP),
        headers.getFirst(RequestSignature.SIGNATURE),
        body,
        clock.instant());
  }
}
