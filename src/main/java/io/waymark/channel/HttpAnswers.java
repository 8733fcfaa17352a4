package io.waymark.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the end of an HTTP call means for the message it carried. */
public final class HttpAnswers {

  private static final Set<Integer> COME_BACK_LATER = Set.of(408, 425, 429);

  /** A gateway that lost its upstream cannot say whether the upstream took the message. */
  private static final Set<Integer> LOST_BEHIND_A_GATEWAY = Set.of(502, 504);

  private static final JsonMapper JSON = new JsonMapper();

  private HttpAnswers() {}

  /**
   * The answer to a call whose peer speaks by status codes, as the house's own SMS protocol and
   * webhooks do.
   */
  static ProviderAnswer of(HttpWire.Outcome outcome, UUID messageId, String peer) {
    Optional<ProviderAnswer> early = unanswered(outcome, peer);
    if (early.isPresent() || !(outcome instanceof HttpWire.Outcome.Answered answered)) {
      return early.orElseThrow();
    }
    JsonNode body = json(answered.body());
    return succeeded(answered)
        ? new Accepted(body.path("providerId").asText(messageId.toString()))
        : refused(answered, code(body, answered.status()), peer);
  }

  /**
   * What can be said of a call without reading its answer: nothing was sent, nothing came back, or
   * a gateway lost its upstream. Empty when there is an answer to read.
   */
  public static Optional<ProviderAnswer> unanswered(HttpWire.Outcome outcome, String peer) {
    if (outcome instanceof HttpWire.Outcome.NotSent notSent) {
      return Optional.of(new Rejected("connect", peer + notSent.reason(), true));
    }
    if (outcome instanceof HttpWire.Outcome.NoAnswer noAnswer) {
      return Optional.of(new Unknown(peer + "：" + noAnswer.reason()));
    }
    int status = ((HttpWire.Outcome.Answered) outcome).status();
    return LOST_BEHIND_A_GATEWAY.contains(status)
        ? Optional.of(new Unknown(peer + "的网关没有等到应答（HTTP " + status + "）"))
        : Optional.empty();
  }

  /** Whether the status says so. */
  public static boolean succeeded(HttpWire.Outcome.Answered answered) {
    return answered.status() / 100 == 2;
  }

  /** A refusal by status: busy or throttled peers are asked again later, others are not. */
  public static Rejected refused(HttpWire.Outcome.Answered answered, String code, String peer) {
    int status = answered.status();
    boolean temporary = status >= 500 || COME_BACK_LATER.contains(status);
    return new Rejected(
        code,
        peer + "拒绝了消息（HTTP " + status + "，" + code + "）",
        temporary,
        temporary ? answered.retryAfter() : null);
  }

  /** An empty object when the body is no JSON. */
  public static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** Only a well-formed code is kept: other words of the peer might quote the address. */
  private static String code(JsonNode body, int status) {
    String code = body.path("code").asText("");
    return code.matches("[A-Za-z_][A-Za-z0-9_.-]{0,39}") ? code : "http_" + status;
  }
}
