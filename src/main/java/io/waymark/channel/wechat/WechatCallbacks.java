package io.waymark.channel.wechat;

import io.waymark.channel.Callback;
import io.waymark.channel.CallbackReader;
import io.waymark.channel.CallbackRequest;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptRefusedException;
import io.waymark.channel.ReceiptRefusedException.Reason;
import io.waymark.channel.Reply;
import io.waymark.channel.SentIds;
import io.waymark.channel.vendor.Digests;
import io.waymark.platform.Channel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks of 微信公众号 and 企业微信, encrypted only (安全模式): the answer to the address check,
 * TEMPLATESENDJOBFINISH, and what customers write. Events of no concern are understood and left
 * alone.
 */
final class WechatCallbacks implements CallbackReader {

  private static final Duration WINDOW = Duration.ofMinutes(10);

  /** A report of a message nobody knows yet may be faster than our own record. */
  private static final Duration STILL_UNDER_WAY = Duration.ofMinutes(2);

  private final String provider;
  private final Channel channel;
  private final @Nullable WechatCrypt crypt;
  private final SentIds sentIds;
  private final Clock clock;

  /**
   * @param crypt null when no callback is configured: then all are refused
   */
  WechatCallbacks(
      String provider, Channel channel, @Nullable WechatCrypt crypt, SentIds sentIds, Clock clock) {
    this.provider = provider;
    this.channel = channel;
    this.crypt = crypt;
    this.sentIds = sentIds;
    this.clock = clock;
  }

  @Override
  public Callback read(CallbackRequest request) {
    if (crypt == null) {
      throw new ReceiptRefusedException(Reason.SIGNATURE_WRONG, "没有配置该服务商的回调令牌和密钥");
    }
    String timestamp = request.query().getOrDefault("timestamp", "");
    String nonce = request.query().getOrDefault("nonce", "");
    fresh(timestamp);
    if (request.method().equals("GET")) {
      return check(crypt, request.query(), timestamp, nonce);
    }
    String encrypted = WechatXml.read(request.body()).getOrDefault("Encrypt", "");
    signed(
        crypt.signature(timestamp, nonce, encrypted),
        request.query().getOrDefault("msg_signature", ""));
    return take(WechatXml.read(Digests.bytes(opened(crypt, encrypted))));
  }

  /** The vendor tries the address: 公众号 wants the echo back, 企业微信 wants it decrypted. */
  private Callback check(
      WechatCrypt crypt, Map<String, String> query, String timestamp, String nonce) {
    String echo = query.getOrDefault("echostr", "");
    if (query.containsKey("msg_signature")) {
      signed(crypt.signature(timestamp, nonce, echo), query.get("msg_signature"));
      return answer(opened(crypt, echo));
    }
    signed(crypt.signature(timestamp, nonce), query.getOrDefault("signature", ""));
    return answer(echo);
  }

  private Callback take(Map<String, String> message) {
    if (message.getOrDefault("Event", "").equals("TEMPLATESENDJOBFINISH")) {
      return finished(message);
    }
    if (message.getOrDefault("MsgType", "").equals("text") && message.containsKey("MsgId")) {
      return new Callback(List.of(), List.of(reply(message)), false, "text/plain", "success");
    }
    return answer("success");
  }

  private Callback finished(Map<String, String> message) {
    String msgid = message.getOrDefault("MsgID", "");
    UUID known = sentIds.find(provider, List.of(msgid)).get(msgid);
    Instant at = at(message);
    if (known == null) {
      boolean again = clock.instant().isBefore(at.plus(STILL_UNDER_WAY));
      return new Callback(List.of(), List.of(), again, "text/plain", again ? "" : "success");
    }
    String status = message.getOrDefault("Status", "");
    ReceiptKind kind = status.equals("success") ? ReceiptKind.DELIVERED : ReceiptKind.FAILED;
    Receipt receipt =
        new Receipt(known, channel, kind, at, status, provider + ":" + msgid + ":" + kind.code());
    return new Callback(List.of(receipt), List.of(), false, "text/plain", "success");
  }

  private Reply reply(Map<String, String> message) {
    return new Reply(
        provider,
        channel,
        message.getOrDefault("FromUserName", ""),
        message.getOrDefault("Content", ""),
        at(message),
        provider + ":up:" + message.get("MsgId"));
  }

  private Instant at(Map<String, String> message) {
    String seconds = message.getOrDefault("CreateTime", "");
    return seconds.matches("\\d{1,12}")
        ? Instant.ofEpochSecond(Long.parseLong(seconds))
        : clock.instant();
  }

  private void fresh(String timestamp) {
    boolean ours =
        timestamp.matches("\\d{1,12}")
            && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant())
                    .abs()
                    .compareTo(WINDOW)
                <= 0;
    if (!ours) {
      throw new ReceiptRefusedException(Reason.OUTSIDE_WINDOW, "回调时间与本机相差过大，请校对本机时钟");
    }
  }

  private static void signed(String expected, String given) {
    if (!Digests.same(expected, given)) {
      throw new ReceiptRefusedException(Reason.SIGNATURE_WRONG, "回调签名不符，请核对管理后台的令牌配置");
    }
  }

  private static String opened(WechatCrypt crypt, String encrypted) {
    return crypt
        .decrypt(encrypted)
        .orElseThrow(
            () ->
                new ReceiptRefusedException(
                    Reason.SIGNATURE_WRONG, "回调内容无法解密，请核对 EncodingAESKey 和企业/应用标识"));
  }

  private static Callback answer(String text) {
    return new Callback(List.of(), List.of(), false, "text/plain;charset=UTF-8", text);
  }
}
