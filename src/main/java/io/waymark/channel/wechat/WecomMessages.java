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
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import io.waymark.channel.Targets;
import io.waymark.channel.UnknownPolicy;
import io.waymark.platform.Channel;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * 企业微信 customer messages by 创建企业群发, one customer each. 企业微信 takes the task and the colleague
 * confirms it on the phone; what became of it is asked for ({@link #look}), because it is not
 * called back. 企业微信 does not recognise a repeat and lets a customer have few such messages, so an
 * unknown one is never sent again.
 *
 * @see <a href="https://developer.work.weixin.qq.com/document/path/92135">创建企业群发</a>
 * @see <a href="https://developer.work.weixin.qq.com/document/path/93338">获取企业群发成员执行结果</a>
 */
final class WecomMessages implements Provider {

  static final String NAME = "wecom";
  private static final String PEER = "企业微信";

  /** Colleagues have some days to confirm; later nobody does. */
  private static final Duration LOOKED_BACK = Duration.ofDays(3);

  private static final int AT_ONCE = 100;
  private static final JsonMapper JSON = new JsonMapper();

  private final WecomSettings settings;
  private final SentIds sentIds;
  private final Clock clock;
  private final WechatApi api;

  WecomMessages(
      WecomSettings settings, Secret secret, TokenRows rows, SentIds sentIds, Clock clock) {
    this.settings = settings;
    this.sentIds = sentIds;
    this.clock = clock;
    String login =
        "/cgi-bin/gettoken?corpid="
            + URLEncoder.encode(settings.corpId(), StandardCharsets.UTF_8)
            + "&corpsecret="
            + URLEncoder.encode(secret.clear(), StandardCharsets.UTF_8);
    this.api =
        new WechatApi(
            NAME,
            PEER,
            settings.endpoint(),
            new HttpWire(settings.connectTimeout(), settings.readTimeout()),
            HttpRequest.newBuilder(URI.create(settings.endpoint() + login)).GET().build(),
            rows,
            WechatApi.codes(PEER)
                .never("40096", "外部联系人标识不合法")
                .never("41048", "没有可发送的客户，客户可能已达到接收上限")
                .never("84061", "客户与企业成员没有联系人关系")
                .never("40003", "发送成员的 userid 不合法"),
            clock);
  }

  @Override
  public Channel channel() {
    return Channel.WECOM;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String settings() {
    return "waymark.channel.wecom";
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
    return Optional.of("企业微信《加解密方案说明》示例 https://developer.work.weixin.qq.com/document/path/90968");
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    ObjectNode body = JSON.createObjectNode().put("chat_type", "single");
    body.putArray("external_userid").add(message.address());
    if (!settings.sender().isEmpty()) {
      body.put("sender", settings.sender());
    }
    body.putObject("text").put("content", message.body());
    return api.post(
        "/cgi-bin/externalcontact/add_msg_template",
        body.toString(),
        answer -> accepted(message, answer));
  }

  private ProviderAnswer accepted(AddressedMessage message, JsonNode answer) {
    for (JsonNode failed : answer.path("fail_list")) {
      if (failed.asText().equals(message.address())) {
        return new Rejected("not_a_contact", PEER + "：客户不是任何成员的外部联系人，或已达到接收上限", false);
      }
    }
    String msgid = answer.path("msgid").asText("");
    sentIds.remember(NAME, message.messageId(), List.of(msgid));
    return new Accepted(msgid);
  }

  /** It is found by 企业微信's own number only, which an unknown message does not have. */
  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }

  /** What became of messages that were not reported yet. */
  List<Receipt> look() {
    Instant since = clock.instant().minus(LOOKED_BACK);
    List<Receipt> receipts = new ArrayList<>();
    for (Map.Entry<String, UUID> open : sentIds.open(NAME, since, AT_ONCE).entrySet()) {
      result(open.getKey())
          .ifPresent(
              status -> {
                boolean delivered = status == 1;
                sentIds.ended(NAME, open.getKey(), delivered);
                receipts.add(receipt(open.getKey(), open.getValue(), status));
              });
    }
    return receipts;
  }

  /** Empty while the colleague has not confirmed. */
  private Optional<Integer> result(String msgid) {
    ObjectNode body = JSON.createObjectNode().put("msgid", msgid).put("limit", 1);
    if (!settings.sender().isEmpty()) {
      body.put("userid", settings.sender());
    }
    int[] status = {0};
    api.post(
        "/cgi-bin/externalcontact/get_groupmsg_send_result",
        body.toString(),
        answer -> {
          status[0] = answer.path("send_list").path(0).path("status").asInt(0);
          return new Accepted(msgid);
        });
    return status[0] == 0 ? Optional.empty() : Optional.of(status[0]);
  }

  private Receipt receipt(String msgid, UUID messageId, int status) {
    ReceiptKind kind = status == 1 ? ReceiptKind.DELIVERED : ReceiptKind.FAILED;
    String detail =
        switch (status) {
          case 1 -> "sent";
          case 2 -> "not_a_friend";
          case 3 -> "limit_reached";
          default -> "status_" + status;
        };
    return new Receipt(
        messageId,
        Channel.WECOM,
        kind,
        clock.instant(),
        detail,
        NAME + ":" + msgid + ":" + kind.code());
  }
}
