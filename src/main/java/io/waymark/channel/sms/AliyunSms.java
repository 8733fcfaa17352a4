package io.waymark.channel.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.AddressedMessage;
import io.waymark.channel.HttpAnswers;
import io.waymark.channel.HttpWire;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.Secret;
import io.waymark.channel.SentMessage;
import io.waymark.channel.Targets;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.vendor.RegisteredTemplate;
import io.waymark.channel.vendor.RegisteredTemplates;
import io.waymark.channel.vendor.ShanghaiTime;
import io.waymark.channel.vendor.SignedText;
import io.waymark.channel.vendor.VendorCodes;
import io.waymark.platform.Channel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Text messages by 阿里云 SendSms (2017-05-25). The message id travels as {@code OutId}; 阿里云 does not
 * recognise a repeat by it, so an unknown message is asked for with QuerySendDetails and never sent
 * again.
 *
 * @see <a
 *     href="https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms">
 *     SendSms</a>
 */
final class AliyunSms implements Provider {

  static final String NAME = "aliyun-sms";
  private static final String PEER = "阿里云短信";
  private static final String VERSION = "2017-05-25";
  private static final int PAGE = 50;
  private static final JsonMapper JSON = new JsonMapper();

  private static final VendorCodes CODES =
      new VendorCodes(PEER)
          .later("isv.BUSINESS_LIMIT_CONTROL", "该号码发送过于频繁", Duration.ofMinutes(1))
          .later("isv.DAY_LIMIT_CONTROL", "触发日发送限额", Duration.ofHours(1))
          .later("isv.MONTH_LIMIT_CONTROL", "触发月发送限额", Duration.ofHours(1))
          .later("isv.AMOUNT_NOT_ENOUGH", "账户余额不足，请充值", Duration.ofMinutes(10))
          .later("isv.OUT_OF_SERVICE", "账户已停机，请充值", Duration.ofMinutes(10))
          .later("Throttling", "请求过于频繁", Duration.ofSeconds(1))
          .later("ServiceUnavailable", "服务暂不可用", Duration.ofSeconds(5))
          .later("isp.RAM_PERMISSION_DENY", "子账号没有短信权限，请授权", Duration.ofMinutes(10))
          .later("SignatureDoesNotMatch", "签名不符，请核对 AccessKey", Duration.ofMinutes(10))
          .later("InvalidAccessKeyId", "AccessKey 不存在或已停用", Duration.ofMinutes(10))
          .later("InvalidTimeStamp", "本机时钟不准，请校时", Duration.ofMinutes(1))
          .later("SignatureNonceUsed", "请求随机数重复", Duration.ofSeconds(1))
          .unclear("isp.SYSTEM_ERROR", "系统错误，无法确定是否已发送")
          .unclear("InternalError", "内部错误，无法确定是否已发送")
          .never("isv.MOBILE_NUMBER_ILLEGAL", "手机号码不合法")
          .never("isv.SMS_TEMPLATE_ILLEGAL", "模板不可用，请核对报备模板")
          .never("isv.SMS_SIGNATURE_ILLEGAL", "签名不可用，请核对报备签名");

  private final AliyunSettings settings;
  private final byte[] secret;
  private final RegisteredTemplates templates;
  private final HttpWire wire;
  private final Clock clock;

  AliyunSms(AliyunSettings settings, Secret secret, Clock clock) {
    this.settings = settings;
    this.secret = secret.bytes();
    this.templates = RegisteredTemplates.of(settings.templates());
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
    return "waymark.channel.aliyun";
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
    return Optional.of(
        "阿里云《V3版本请求体&签名机制》固定参数示例"
            + " https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature");
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    Optional<RegisteredTemplate.Filled> filled =
        SignedText.without(settings.signName(), message.body()).flatMap(templates::fit);
    if (filled.isEmpty()) {
      return new Rejected("template_unregistered", PEER + "没有与这段文字一致的报备模板或签名，请先报备并登记到配置", false);
    }
    HttpWire.Outcome outcome =
        call(
            "SendSms",
            Map.of(
                "PhoneNumbers", message.address(),
                "SignName", settings.signName(),
                "TemplateCode", filled.get().code(),
                "TemplateParam", JSON.valueToTree(filled.get().values()).toString(),
                "OutId", message.messageId().toString()));
    return HttpAnswers.unanswered(outcome, PEER)
        .orElseGet(() -> answer((HttpWire.Outcome.Answered) outcome));
  }

  private static ProviderAnswer answer(HttpWire.Outcome.Answered answered) {
    JsonNode body = HttpAnswers.json(answered.body());
    String code = body.path("Code").asText("");
    if (code.equals("OK") && body.hasNonNull("BizId")) {
      return new Accepted(body.path("BizId").asText());
    }
    if (!code.isEmpty()) {
      return CODES.answer(code);
    }
    return HttpAnswers.succeeded(answered)
        ? new Unknown(PEER + "的应答无法识别")
        : HttpAnswers.refused(answered, "http_" + answered.status(), PEER);
  }

  /** It is found by number and day only. */
  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }

  @Override
  public Optional<ProviderAnswer> query(SentMessage message) {
    HttpWire.Outcome outcome =
        call(
            "QuerySendDetails",
            Map.of(
                "PhoneNumber", message.address(),
                "SendDate", ShanghaiTime.day(message.at()),
                "PageSize", Integer.toString(PAGE),
                "CurrentPage", "1"));
    if (!(outcome instanceof HttpWire.Outcome.Answered answered)) {
      return Optional.empty();
    }
    JsonNode body = HttpAnswers.json(answered.body());
    if (!body.path("Code").asText("").equals("OK")) {
      return Optional.empty();
    }
    for (JsonNode line : body.path("SmsSendDetailDTOs").path("SmsSendDetailDTO")) {
      if (line.path("OutId").asText("").equals(message.messageId().toString())) {
        return Optional.of(new Accepted(message.messageId().toString()));
      }
    }
    return Optional.of(new Unknown(PEER + "没有这条消息的记录"));
  }

  private HttpWire.Outcome call(String action, Map<String, String> query) {
    URI endpoint = settings.endpoint();
    String host =
        endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", host);
    headers.put("x-acs-action", action);
    headers.put("x-acs-version", VERSION);
    headers.put("x-acs-date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    headers.put("x-acs-signature-nonce", UUID.randomUUID().toString());
    headers.put("x-acs-content-sha256", AcsSignature.EMPTY_BODY);
    String authorization =
        AcsSignature.authorization(settings.accessKeyId(), secret, "POST", query, headers);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + "/?" + AcsSignature.canonicalQuery(query)))
            .header("authorization", authorization)
            .POST(BodyPublishers.noBody());
    headers.remove("host");
    headers.forEach(request::header);
    return wire.call(request.build());
  }
}
