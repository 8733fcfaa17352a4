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
import io.waymark.channel.vendor.ShanghaiTime;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * 阿里云's SmsReport (状态报告) and SmsUp (上行短信), both JSON arrays pushed to one address. They are not
 * signed; the pass in the address stands for the vendor.
 *
 * @see <a href="https://help.aliyun.com/zh/sms/developer-reference/smsreport-2">SmsReport</a>
 * @see <a href="https://help.aliyun.com/zh/sms/developer-reference/smsup">SmsUp</a>
 */
final class AliyunCallbacks implements CallbackReader {

  private static final String UNDERSTOOD = "{\"code\":0,\"msg\":\"接收成功\"}";
  private static final JsonMapper JSON = new JsonMapper();

  private final CallbackPass pass;
  private final Clock clock;

  AliyunCallbacks(CallbackPass pass, Clock clock) {
    this.pass = pass;
    this.clock = clock;
  }

  @Override
  public Callback read(CallbackRequest request) {
    pass.require(request);
    List<Receipt> receipts = new ArrayList<>();
    List<Reply> replies = new ArrayList<>();
    for (JsonNode row : rows(request.body())) {
      if (row.has("success")) {
        receipt(row).ifPresent(receipts::add);
      } else if (row.has("content")) {
        replies.add(reply(row));
      }
    }
    return new Callback(receipts, replies, false, "application/json;charset=UTF-8", UNDERSTOOD);
  }

  private static JsonNode rows(byte[] body) {
    try {
      JsonNode rows = JSON.readTree(body);
      if (rows != null && rows.isArray()) {
        return rows;
      }
    } catch (IOException e) {
      // told below
    }
    throw new ReceiptRefusedException(Reason.MALFORMED, "阿里云回调内容不是 JSON 数组");
  }

  /** Messages without our id were sent by another system of the same account. */
  private Optional<Receipt> receipt(JsonNode row) {
    UUID messageId;
    try {
      messageId = UUID.fromString(row.path("out_id").asText(""));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean delivered = row.path("success").asBoolean();
    ReceiptKind kind = delivered ? ReceiptKind.DELIVERED : ReceiptKind.FAILED;
    return Optional.of(
        new Receipt(
            messageId,
            Channel.SMS,
            kind,
            at(row.path("report_time").asText("")),
            row.path("err_code").asText(null),
            AliyunSms.NAME
                + ":"
                + row.path("biz_id").asText("")
                + ":"
                + messageId
                + ":"
                + kind.code()));
  }

  private Reply reply(JsonNode row) {
    String sequence =
        row.path("sequence_id").asText(row.path("send_time").asText(""))
            + ":"
            + row.path("dest_code").asText("");
    return new Reply(
        AliyunSms.NAME,
        Channel.SMS,
        row.path("phone_number").asText(""),
        row.path("content").asText(""),
        at(row.path("send_time").asText("")),
        AliyunSms.NAME + ":up:" + sequence);
  }

  private Instant at(String text) {
    return ShanghaiTime.read(text, clock.instant());
  }
}
