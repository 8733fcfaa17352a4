package io.waymark.channel.sms;

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
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import io.waymark.channel.SentMessage;
import io.waymark.channel.Targets;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.vendor.Digests;
import io.waymark.channel.vendor.RegisteredTemplate;
import io.waymark.channel.vendor.RegisteredTemplates;
import io.waymark.channel.vendor.SignedText;
import io.waymark.channel.vendor.VendorCodes;
import io.waymark.platform.Channel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Text messages by 腾讯云 SendSms (2021-01-11). 腾讯云's reports name its own serial number, which is
 * therefore remembered; the message id travels as {@code SessionContext}. 腾讯云 does not recognise a
 * repeat, so an unknown message is asked for and never sent again.
 *
 * @see <a href="https://cloud.tencent.com/document/api/382/55981">SendSms</a>
 */
final class TencentSms implements Provider {

  static final String NAME = "tencent-sms";
  private static final String PEER = "腾讯云短信";
  private static final String VERSION = "2021-01-11";
  private static final Duration LOOKED_BACK = Duration.ofMinutes(10);
  private static final JsonMapper JSON = new JsonMapper();

  private static final VendorCodes CODES =
      new VendorCodes(PEER)
          .later("LimitExceeded", "触发频率限制", Duration.ofMinutes(1))
          .later(
              "LimitExceeded.PhoneNumberThirtySecondLimit", "该号码 30 秒内发送过多", Duration.ofSeconds(30))
          .later("LimitExceeded.PhoneNumberOneHourLimit", "该号码一小时内发送过多", Duration.ofHours(1))
          .later("LimitExceeded.PhoneNumberDailyLimit", "该号码当日发送过多", Duration.ofHours(6))
          .later("LimitExceeded.AppDailyLimit", "应用触发日发送限额", Duration.ofHours(1))
          .later("RequestLimitExceeded", "请求过于频繁", Duration.ofSeconds(1))
          .later(
              "FailedOperation.InsufficientBalanceInSmsPackage",
              "套餐包余量不足，请购买",
              Duration.ofMinutes(10))
          .later("AuthFailure", "鉴权失败，请核对密钥和本机时钟", Duration.ofMinutes(10))
          .later("ResourceUnavailable", "服务暂不可用", Duration.ofSeconds(5))
          .unclear("InternalError", "内部错误，无法确定是否已发送")
          .never("FailedOperation.TemplateIncorrectOrUnapproved", "模板不可用，请核对报备模板")
          .never("FailedOperation.SignatureIncorrectOrUnapproved", "签名不可用，请核对报备签名")
          .never("FailedOperation.PhoneNumberInBlacklist", "号码在免打扰名单中")
          .never("InvalidParameterValue.IncorrectPhoneNumber", "手机号码不合法");

  private final TencentSettings settings;
  private final Secret secret;
  private final RegisteredTemplates templates;
  private final SentIds sentIds;
  private final HttpWire wire;
  private final Clock clock;

  TencentSms(TencentSettings settings, Secret secret, SentIds sentIds, Clock clock) {
    this.settings = settings;
    this.secret = secret;
    this.templates = RegisteredTemplates.of(settings.templates());
    this.sentIds = sentIds;
    this.wire = new HttpWire(settings.connectTimeout(), settings.readTimeout());
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
    return "waymark.channel.tencent";
  }

  @Override
  public UnknownPolicy whenUnknown() {
    return UnknownPolicy.NEVER_RESEND;
  }

  @Override
  public String target() {
    return Targets.shown(settings.endpoint());
  }

  @Override
  public Optional<String> verification() {
    return Optional.of("腾讯云《签名方法 v3》分步示例 https://cloud.tencent.com/document/api/213/30654");
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    Optional<RegisteredTemplate.Filled> filled =
        SignedText.without(settings.signName(), message.body()).flatMap(templates::fit);
    if (filled.isEmpty()) {
      return new Rejected("template_unregistered", PEER + "没有与这段文字一致的报备模板或签名，请先报备并登记到配置", false);
    }
    ObjectNode body = JSON.createObjectNode();
    body.putArray("PhoneNumberSet").add(international(message.address()));
    body.put("SmsSdkAppId", settings.sdkAppId())
        .put("SignName", settings.signName())
        .put("TemplateId", filled.get().code())
        .put("SessionContext", message.messageId().toString());
    filled.get().values().values().forEach(body.putArray("TemplateParamSet")::add);
    HttpWire.Outcome outcome = call("SendSms", body);
    ProviderAnswer answer =
        HttpAnswers.unanswered(outcome, PEER)
            .orElseGet(() -> answer((HttpWire.Outcome.Answered) outcome));
    if (answer instanceof Accepted accepted) {
      sentIds.remember(NAME, message.messageId(), List.of(accepted.providerId()));
    }
    return answer;
  }

  private static ProviderAnswer answer(HttpWire.Outcome.Answered answered) {
    JsonNode response = HttpAnswers.json(answered.body()).path("Response");
    JsonNode error = response.path("Error").path("Code");
    if (error.isTextual()) {
      return CODES.answer(error.asText());
    }
    JsonNode status = response.path("SendStatusSet").path(0);
    String code = status.path("Code").asText("");
    if (code.equals("Ok") && !status.path("SerialNo").asText("").isEmpty()) {
      return new Accepted(status.path("SerialNo").asText());
    }
    if (!code.isEmpty()) {
      return CODES.answer(code);
    }
    return HttpAnswers.succeeded(answered)
        ? new Unknown(PEER + "的应答无法识别")
        : HttpAnswers.refused(answered, "http_" + answered.status(), PEER);
  }

  /** It is found by number only. */
  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }

  /** 腾讯云 lists what was reported already; a message without a report is not in it. */
  @Override
  public Optional<ProviderAnswer> query(SentMessage message) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("BeginTime", message.at().minus(LOOKED_BACK).getEpochSecond())
            .put("Offset", 0)
            .put("Limit", 100)
            .put("PhoneNumber", international(message.address()))
            .put("SmsSdkAppId", settings.sdkAppId());
    if (!(call("PullSmsSendStatusByPhoneNumber", body)
        instanceof HttpWire.Outcome.Answered answered)) {
      return Optional.empty();
    }
    JsonNode response = HttpAnswers.json(answered.body()).path("Response");
    if (!response.path("PullSmsSendStatusSet").isArray()) {
      return Optional.empty();
    }
    for (JsonNode line : response.path("PullSmsSendStatusSet")) {
      if (line.path("SessionContext").asText("").equals(message.messageId().toString())) {
        return Optional.of(new Accepted(line.path("SerialNo").asText()));
      }
    }
    return Optional.of(new Unknown(PEER + "没有这条消息的记录"));
  }

  /** E.164, as 腾讯云 wants numbers. */
  private static String international(String number) {
    return number.startsWith("+") ? number : "+86" + number;
  }

  private HttpWire.Outcome call(String action, ObjectNode json) {
    byte[] body = Digests.bytes(json.toString());
    URI endpoint = settings.endpoint();
    String host =
        endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    Instant now = clock.instant();
    return wire.call(
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .header("content-type", Tc3Signature.CONTENT_TYPE)
            .header("x-tc-action", action)
            .header("x-tc-version", VERSION)
            .header("x-tc-region", settings.region())
            .header("x-tc-timestamp", Long.toString(now.getEpochSecond()))
            .header(
                "authorization",
                Tc3Signature.authorization(
                    settings.secretId(), secret.clear(), "sms", host, now, body))
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }
}
