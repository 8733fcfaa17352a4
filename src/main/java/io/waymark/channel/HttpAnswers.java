package io.waymark.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/** What the end of an HTTP call means for the message it carried. */
final class HttpAnswers {

  private static final Set<Integer> COME_BACK_LATER = Set.of(408, 425, 429);

  /** A gateway that lost its upstream cannot say whether the upstream took the message. */
  private static final Set<Integer> LOST_BEHIND_A_GATEWAY = Set.of(502, 504);

  private static final JsonMapper JSON = new JsonMapper();

  private HttpAnswers() {}

  static ProviderAnswer of(HttpWire.Outcome outcome, UUID messageId, String peer) {
    if (outcome instanceof HttpWire.Outcome.NotSent notSent) {
      return new Rejected("connect", peer + notSent.reason(), true);
    }
    if (outcome instanceof HttpWire.Outcome.NoAnswer noAnswer) {
      return new Unknown(peer + "：" + noAnswer.reason());
    }
    HttpWire.Outcome.Answered answered = (HttpWire.Outcome.Answered) outcome;
    int status = answered.status();
    JsonNode body = json(answered.body());
    if (status >= 200 && status < 300) {
      return new Accepted(body.path("providerId").asText(messageId.toString()));
    }
    if (LOST_BEHIND_A_GATEWAY.contains(status)) {
      return new Unknown(peer + "的网关没有等到应答（HTTP " + status + "）");
    }
    boolean temporary = status >= 500 || COME_BACK_LATER.contains(status);
    String code = code(body, status);
    return new Rejected(code, peer + "拒绝了消息（HTTP " + status + "，" + code + "）", temporary);
  }

  static JsonNode json(byte[] body) {
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
