package io.waymark.channel.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.Callback;
import io.waymark.channel.CallbackPass;
import io.waymark.channel.CallbackReader;
import io.waymark.channel.CallbackRequest;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptRefusedException;
import io.waymark.channel.ReceiptRefusedException.Reason;
import io.waymark.channel.Reply;
import io.waymark.channel.SentIds;
import io.waymark.channel.vendor.Digests;
import io.waymark.channel.vendor.ShanghaiTime;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * 腾讯云's 下发状态通知 (a JSON array) and 短信回复通知 (a JSON object). They are not signed; the pass in the
 * address stands for the vendor. Reports name 腾讯云's serial number; one that is not known yet may be
 * faster than our own transaction, and the vendor is asked to come again.
 *
 * @see <a href="https://cloud.tencent.com/document/product/382/59178">短信回调相关接口</a>
 */
final class TencentCallbacks implements CallbackReader {

  private static final String UNDERSTOOD = "{\"result\":0,\"errmsg\":\"OK\"}";
  private static final String AGAIN = "{\"result\":1,\"errmsg\":\"retry later\"}";

  /** Older ones that nobody knows belong to another system of the same account. */
  private static final Duration STILL_UNDER_WAY = Duration.ofMinutes(2);

  private static final JsonMapper JSON = new JsonMapper();

  private final CallbackPass pass;
  private final SentIds sentIds;
  private final Clock clock;

  TencentCallbacks(CallbackPass pass, SentIds sentIds, Clock clock) {
    this.pass = pass;
    this.sentIds = sentIds;
    this.clock = clock;
  }

  @Override
  public Callback read(CallbackRequest request) {
    pass.require(request);
    JsonNode body = json(request.body());
    return body.isArray() ? reports(body) : reply(body);
  }

  private Callback reports(JsonNode rows) {
    List<String> serials = new ArrayList<>();
    rows.forEach(row -> serials.add(row.path("sid").asText("")));
    Map<String, UUID> known = sentIds.find(TencentSms.NAME, serials);
    List<Receipt> receipts = new ArrayList<>();
    boolean again = false;
    for (JsonNode row : rows) {
      UUID messageId = known.get(row.path("sid").asText(""));
      if (messageId == null) {
        again |= clock.instant().isBefore(at(row).plus(STILL_UNDER_WAY));
      } else {
        receipts.add(receipt(messageId, row));
      }
    }
    return new Callback(receipts, List.of(), again, "application/json", again ? AGAIN : UNDERSTOOD);
  }

  private Receipt receipt(UUID messageId, JsonNode row) {
    boolean delivered = row.path("report_status").asText("").equals("SUCCESS");
    ReceiptKind kind = delivered ? ReceiptKind.DELIVERED : ReceiptKind.FAILED;
    return new Receipt(
        messageId,
        Channel.SMS,
        kind,
        at(row),
        row.path("errmsg").asText(null),
        TencentSms.NAME + ":" + row.path("sid").asText() + ":" + kind.code());
  }

  private Callback reply(JsonNode row) {
    long seconds = row.path("time").asLong(clock.instant().getEpochSecond());
    String number = row.path("mobile").asText("");
    String text = row.path("text").asText("");
    // The vendor gives a reply no name; the number is a person's and only its digest is kept.
    String id = Digests.sha256(Digests.bytes(number + " " + seconds + " " + text)).substring(0, 32);
    Reply reply =
        new Reply(
            TencentSms.NAME,
            Channel.SMS,
            number,
            text,
            Instant.ofEpochSecond(seconds),
            TencentSms.NAME + ":up:" + id);
    return new Callback(List.of(), List.of(reply), false, "application/json", UNDERSTOOD);
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && (json.isArray() || json.has("text"))) {
        return json;
      }
    } catch (IOException e) {
      // told below
    }
    throw new ReceiptRefusedException(Reason.MALFORMED, "腾讯云回调内容不是状态通知，也不是回复通知");
  }

  private Instant at(JsonNode row) {
    return ShanghaiTime.read(row.path("user_receive_time").asText(""), clock.instant());
  }
}
