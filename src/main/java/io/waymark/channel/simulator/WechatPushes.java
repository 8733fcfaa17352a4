package io.waymark.channel.simulator;

import io.waymark.channel.wechat.WechatCrypt;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Encrypted and signed callbacks as Tencent sends them. */
final class WechatPushes {

  private final WechatCrypt crypt;
  private final CallbackCourier courier;
  private final Clock clock;

  WechatPushes(
      String provider, WechatCrypt crypt, Supplier<Optional<URI>> application, Clock clock) {
    this.crypt = crypt;
    this.courier = new CallbackCourier(provider, "callback", application);
    this.clock = clock;
  }

  void start() {
    courier.start();
  }

  void stop() {
    courier.stop();
  }

  void text(String from, String words) {
    push(
        from,
        "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA["
            + words
            + "]]></Content><MsgId>"
            + (UUID.randomUUID().getMostSignificantBits() >>> 1)
            + "</MsgId>",
        0);
  }

  void finished(LedgerLine line, String status, long delayMillis) {
    push(
        line.address(),
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>"
            + line.providerId()
            + "</MsgID><Status><![CDATA["
            + status
            + "]]></Status>",
        delayMillis);
  }

  private void push(String from, String content, long delayMillis) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String nonce = Long.toString(UUID.randomUUID().getLeastSignificantBits() >>> 33);
    String encrypted =
        crypt.encrypt(
            "<xml><ToUserName><![CDATA[account]]></ToUserName><FromUserName><![CDATA["
                + from
                + "]]></FromUserName><CreateTime>"
                + timestamp
                + "</CreateTime>"
                + content
                + "</xml>");
    String query =
        "?msg_signature="
            + crypt.signature(timestamp, nonce, encrypted)
            + "&timestamp="
            + timestamp
            + "&nonce="
            + URLEncoder.encode(nonce, StandardCharsets.UTF_8);
    courier.bring(
        query,
        "text/xml",
        "<xml><Encrypt><![CDATA[" + encrypted + "]]></Encrypt></xml>",
        delayMillis);
  }
}
