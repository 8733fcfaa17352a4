package io.waymark.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.platform.Channel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Text messages over HTTP: {@code POST <url>} with signed JSON {@code {messageId, to, text}}, and
 * {@code GET <url>/<messageId>} to ask. The message id is the idempotency key. Requests carry
 * {@link RequestSignature}'s headers and {@code x-access-key}.
 */
final class SmsHttpProvider implements Provider {

  static final String NAME = "sms-http";
  private static final String PEER = "短信服务商";
  private static final JsonMapper JSON = new JsonMapper();

  private final ProviderEndpoint endpoint;
  private final HttpWire wire;
  private final Clock clock;

  SmsHttpProvider(
      ProviderEndpoint endpoint, Duration connectTimeout, Duration readTimeout, Clock clock) {
    this.endpoint = endpoint;
    this.wire = new HttpWire(connectTimeout, readTimeout);
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return Channel.SMS;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String settings() {
    return "waymark.channel.sms";
  }

  @Override
  public UnknownPolicy whenUnknown() {
    return UnknownPolicy.NEVER_RESEND;
  }

  @Override
  public String target() {
    return Targets.shown(endpoint.uri());
  }

  @Override
  public Optional<String> verification() {
    return Optional.of(RequestSignature.VERIFICATION);
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    UUID id = message.messageId();
    byte[] body =
        JSON.createObjectNode()
            .put("messageId", id.toString())
            .put("to", message.address())
            .put("text", message.body())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        signed(endpoint.uri(), id, body)
            .header("content-type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return HttpAnswers.of(wire.call(request), id, PEER);
  }

  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    URI uri = URI.create(endpoint.uri() + "/" + messageId);
    HttpRequest request = signed(uri, messageId, new byte[0]).GET().build();
    return wire.call(request) instanceof HttpWire.Outcome.Answered answered
        ? fate(messageId, answered)
        : Optional.empty();
  }

  private Optional<ProviderAnswer> fate(UUID messageId, HttpWire.Outcome.Answered answered) {
    if (answered.status() == 404) {
      return Optional.of(new Unknown(PEER + "没有这条消息的记录"));
    }
    JsonNode body = HttpAnswers.json(answered.body());
    if (answered.status() != 200 || !messageId.toString().equals(body.path("messageId").asText())) {
      return Optional.empty();
    }
    return Optional.of(
        "rejected".equals(body.path("state").asText())
            ? new Rejected("rejected", PEER + "拒绝了消息", false)
            : new Accepted(body.path("providerId").asText(messageId.toString())));
  }

  private HttpRequest.Builder signed(URI uri, UUID id, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("x-access-key", endpoint.key());
    Map<String, String> signature =
        RequestSignature.headers(endpoint.secret(), id.toString(), clock.instant(), body);
    signature.forEach(request::header);
    return request;
  }
}
