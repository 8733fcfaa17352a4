package io.waymark.channel;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.platform.Channel;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Messages to systems of the broker: a POST signed by the Standard Webhooks specification to the
 * target in the message's address, if the allow-list has it. {@code webhook-id} is the message id,
 * by which the receiver recognises a repeat.
 */
final class WebhookProvider implements Provider {

  static final String NAME = "webhook";
  private static final String PEER = "Webhook 接收方";
  private static final JsonMapper JSON = new JsonMapper();

  private final Secret secret;
  private final TargetAllowList targets;
  private final PinnedWire wire;
  private final Clock clock;

  WebhookProvider(
      Secret secret,
      TargetAllowList targets,
      Duration connectTimeout,
      Duration readTimeout,
      Clock clock) {
    this.secret = secret;
    this.targets = targets;
    this.wire = new PinnedWire(targets, connectTimeout, readTimeout);
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return Channel.WEBHOOK;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String settings() {
    return "waymark.channel.webhook";
  }

  @Override
  public UnknownPolicy whenUnknown() {
    return UnknownPolicy.MAY_RESEND;
  }

  @Override
  public Optional<String> verification() {
    return Optional.of(RequestSignature.VERIFICATION);
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    URI target;
    try {
      target = new URI(message.address());
    } catch (URISyntaxException e) {
      return new Rejected("address", "目标地址不是合法的 URL", false);
    }
    Optional<Rejected> refusal = targets.refusal(target);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    UUID id = message.messageId();
    Instant now = clock.instant();
    byte[] body = envelope(message, now);
    Map<String, String> headers =
        new HashMap<>(RequestSignature.headers(secret, id.toString(), now, body));
    headers.put("content-type", "application/json; charset=utf-8");
    return HttpAnswers.of(wire.post(target, headers, body), id, PEER);
  }

  /** A webhook has no question; the receiver's 2xx is all there is. */
  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }

  private static byte[] envelope(AddressedMessage message, Instant now) {
    ObjectNode envelope =
        JSON.createObjectNode().put("type", "waymark.message").put("timestamp", now.toString());
    envelope
        .putObject("data")
        .put("messageId", message.messageId().toString())
        .put("subject", message.subject())
        .put("body", message.body());
    return envelope.toString().getBytes(StandardCharsets.UTF_8);
  }
}
