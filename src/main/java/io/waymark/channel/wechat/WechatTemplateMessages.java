package io.waymark.channel.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waymark.channel.AddressedMessage;
import io.waymark.channel.HttpWire;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import io.waymark.channel.Targets;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.vendor.RegisteredTemplate;
import io.waymark.channel.vendor.RegisteredTemplates;
import io.waymark.platform.Channel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Template messages of a 微信公众号. The message id travels as {@code client_msg_id}, by which WeChat
 * recognises a repeat within its own short memory; that is no promise, so an unknown message is
 * never sent again. What became of it comes as the event TEMPLATESENDJOBFINISH.
 *
 * @see <a
 *     href="https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html">
 *     模板消息接口</a>
 */
final class WechatTemplateMessages implements Provider {

  static final String NAME = "wechat";
  private static final String PEER = "微信公众号";
  private static final JsonMapper JSON = new JsonMapper();

  private final WechatSettings settings;
  private final RegisteredTemplates templates;
  private final SentIds sentIds;
  private final WechatApi api;

  WechatTemplateMessages(
      WechatSettings settings, Secret secret, TokenRows rows, SentIds sentIds, Clock clock) {
    this.settings = settings;
    this.templates = RegisteredTemplates.of(settings.templates());
    this.sentIds = sentIds;
    ObjectNode login =
        JSON.createObjectNode()
            .put("grant_type", "client_credential")
            .put("appid", settings.appId())
            .put("secret", secret.clear());
    // The stable kind: asking again does not end the token another system may be using.
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.endpoint() + "/cgi-bin/stable_token"))
            .header("content-type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(login.toString()))
            .build();
    this.api =
        new WechatApi(
            NAME,
            PEER,
            settings.endpoint(),
            new HttpWire(settings.connectTimeout(), settings.readTimeout()),
            request,
            rows,
            WechatApi.codes(PEER)
                .never("43004", "客户没有关注公众号")
                .never("40003", "客户的 openid 不属于该公众号")
                .never("40037", "模板不存在，请核对 template_id")
                .never("47003", "模板参数不符合要求")
                .never("43101", "客户拒绝接收"),
            clock);
  }

  @Override
  public Channel channel() {
    return Channel.WECHAT;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String settings() {
    return "waymark.channel.wechat";
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
        "微信消息加解密官方示例（WXBizMsgCrypt 示例参数）"
            + " https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html");
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    Optional<RegisteredTemplate.Filled> filled = templates.fit(message.body());
    if (filled.isEmpty()) {
      return new Rejected("template_unregistered", PEER + "没有与这段文字一致的模板，请先在公众号申请并登记到配置", false);
    }
    ObjectNode body =
        JSON.createObjectNode()
            .put("touser", message.address())
            .put("template_id", filled.get().code())
            .put("client_msg_id", message.messageId().toString().replace("-", ""));
    ObjectNode data = body.putObject("data");
    filled.get().values().forEach((place, value) -> data.putObject(place).put("value", value));
    return api.post(
        "/cgi-bin/message/template/send",
        body.toString(),
        answer -> accepted(message.messageId(), answer));
  }

  private ProviderAnswer accepted(UUID messageId, JsonNode answer) {
    String msgid = answer.path("msgid").asText("");
    sentIds.remember(NAME, messageId, List.of(msgid));
    return new Accepted(msgid);
  }

  /** The API has no such question. */
  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }
}
