package io.waymark.channel.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waymark.channel.AddressedMessage;
import io.waymark.channel.HttpAnswers;
import io.waymark.channel.HttpWire;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import io.waymark.channel.Targets;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.vendor.VendorCodes;
import io.waymark.platform.Channel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * App push by 极光 Push API v3 to one device ({@code registration_id}). The message id is the second
 * half of the {@code cid}, by which 极光 answers a repeat within a day with what it answered first,
 * so an unknown message may be sent again. What became of it is asked for ({@link #look}).
 *
 * @see <a href="https://docs.jiguang.cn/jpush/server/push/rest_api_v3_push">Push API v3</a>
 */
final class Jpush implements Provider {

  static final String NAME = "jpush";
  private static final String PEER = "极光推送";
  private static final Duration LOOKED_BACK = Duration.ofDays(1);
  private static final int AT_ONCE = 100;
  private static final JsonMapper JSON = new JsonMapper();

  private static final VendorCodes CODES =
      new VendorCodes(PEER)
          .later("2002", "调用频率超限", Duration.ofMinutes(1))
          .later("1004", "鉴权失败，请核对 AppKey 和 Master Secret", Duration.ofMinutes(10))
          .unclear("1000", "系统内部错误")
          .unclear("1030", "内部服务超时")
          .never("1003", "参数不合法")
          .never("1005", "消息过长")
          .never("1008", "AppKey 不合法")
          .never("1011", "设备不存在或长期未上线");

  private final JpushSettings settings;
  private final String login;
  private final SentIds sentIds;
  private final HttpWire wire;
  private final Clock clock;

  Jpush(JpushSettings settings, Secret masterSecret, SentIds sentIds, Clock clock) {
    this.settings = settings;
    this.login = login(settings.appKey(), masterSecret);
    this.sentIds = sentIds;
    this.wire = new HttpWire(settings.connectTimeout(), settings.readTimeout());
    this.clock = clock;
  }

  /** The {@code Authorization} header. */
  static String login(String appKey, Secret masterSecret) {
    byte[] pair = (appKey + ":" + masterSecret.clear()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public Channel channel() {
    return Channel.PUSH;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String settings() {
    return "waymark.channel.jpush";
  }

  @Override
  public UnknownPolicy whenUnknown() {
    return UnknownPolicy.MAY_RESEND;
  }

  @Override
  public String target() {
    return Targets.shown(settings.endpoint());
  }

  @Override
  public Optional<String> verification() {
    return Optional.of(
        "极光《Push API v3》调用验证示例 https://docs.jiguang.cn/jpush/server/push/rest_api_v3_push");
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("cid", settings.appKey() + "-" + message.messageId())
            .put("platform", "all");
    body.putObject("audience").putArray("registration_id").add(message.address());
    ObjectNode notification = body.putObject("notification").put("alert", message.body());
    if (message.subject() != null) {
      notification
          .putObject("android")
          .put("alert", message.body())
          .put("title", message.subject());
      notification
          .putObject("ios")
          .putObject("alert")
          .put("title", message.subject())
          .put("body", message.body());
    }
    body.putObject("options")
        .put("time_to_live", settings.keepFor().toSeconds())
        .put("apns_production", settings.production());
    HttpWire.Outcome outcome =
        wire.call(
            HttpRequest.newBuilder(URI.create(settings.endpoint() + "/v3/push"))
                .header("authorization", login)
                .header("content-type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    return HttpAnswers.unanswered(outcome, PEER)
        .orElseGet(() -> answer(message.messageId(), (HttpWire.Outcome.Answered) outcome));
  }

  private ProviderAnswer answer(UUID messageId, HttpWire.Outcome.Answered answered) {
    JsonNode body = HttpAnswers.json(answered.body());
    String msgId = body.path("msg_id").asText("");
    if (HttpAnswers.succeeded(answered)) {
      if (msgId.isEmpty()) {
        return new Unknown(PEER + "的应答无法识别");
      }
      if (sentIds.find(NAME, List.of(msgId)).isEmpty()) {
        sentIds.remember(NAME, messageId, List.of(msgId));
      }
      return new Accepted(msgId);
    }
    JsonNode code = body.path("error").path("code");
    if (!code.isInt()) {
      return HttpAnswers.refused(answered, "http_" + answered.status(), PEER);
    }
    ProviderAnswer said = CODES.answer(code.asText());
    return said instanceof Rejected no && answered.retryAfter() != null
        ? new Rejected(no.code(), no.reason(), no.temporary(), answered.retryAfter())
        : said;
  }

  /** It is found by 极光's own number only, which an unknown message does not have. */
  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }

  /**
   * Deliveries that were not known yet (送达统计详情).
   *
   * @see <a href="https://docs.jiguang.cn/jpush/server/push/rest_api_v3_report">Report API</a>
   */
  List<Receipt> look() {
    Map<String, UUID> open = sentIds.open(NAME, clock.instant().minus(LOOKED_BACK), AT_ONCE);
    if (open.isEmpty()) {
      return List.of();
    }
    HttpWire.Outcome outcome =
        wire.call(
            HttpRequest.newBuilder(
                    URI.create(
                        settings.reports()
                            + "/v3/received/detail?msg_ids="
                            + String.join(",", open.keySet())))
                .header("authorization", login)
                .GET()
                .build());
    List<Receipt> receipts = new ArrayList<>();
    if (outcome instanceof HttpWire.Outcome.Answered answered && HttpAnswers.succeeded(answered)) {
      for (JsonNode line : HttpAnswers.json(answered.body())) {
        String msgId = line.path("msg_id").asText("");
        UUID messageId = open.get(msgId);
        if (messageId != null && received(line)) {
          sentIds.ended(NAME, msgId, true);
          receipts.add(
              new Receipt(
                  messageId,
                  Channel.PUSH,
                  ReceiptKind.DELIVERED,
                  clock.instant(),
                  null,
                  NAME + ":" + msgId + ":delivered"));
        }
      }
    }
    return receipts;
  }

  /** One message goes to one device, so any count is its delivery; absent ones are null. */
  private static boolean received(JsonNode line) {
    return line.path("jpush_received").asInt(0) > 0
        || line.path("android_pns_received").asInt(0) > 0
        || line.path("ios_apns_received").asInt(0) > 0
        || line.path("ios_msg_received").asInt(0) > 0;
  }
}
