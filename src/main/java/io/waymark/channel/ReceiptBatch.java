package io.waymark.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.ReceiptRefusedException.Reason;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.RowProblem;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch of receipts as read from JSON: good rows kept, bad rows named. */
record ReceiptBatch(List<Receipt> receipts, List<RowProblem> problems) {

  private static final int MAX_ROWS = 10_000;
  private static final int MAX_ID = 200;
  private static final int MAX_DETAIL = 500;
  private static final JsonMapper JSON = new JsonMapper();

  static ReceiptBatch read(Channel channel, byte[] body) {
    JsonNode rows = rows(body);
    List<Receipt> receipts = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        receipts.add(receipt(channel, rows.get(i)));
      } catch (BadField e) {
        problems.add(new RowProblem(i + 1, e.field, "invalid_" + e.field, e.getMessage()));
      }
    }
    return new ReceiptBatch(List.copyOf(receipts), List.copyOf(problems));
  }

  BatchReport report() {
    return new BatchReport(receipts.size(), 0, problems);
  }

  private static JsonNode rows(byte[] body) {
    JsonNode rows;
    try {
      rows = JSON.readTree(body).path("receipts");
    } catch (IOException e) {
      throw malformed("回执内容不是合法的 JSON");
    }
    if (!rows.isArray()) {
      throw malformed("回执内容缺少 receipts 数组");
    }
    if (rows.size() > MAX_ROWS) {
      throw malformed("一批回执不能超过 " + MAX_ROWS + " 条，请服务商分批推送");
    }
    return rows;
  }

  private static Receipt receipt(Channel channel, JsonNode row) {
    String receiptId = text(row, "receiptId");
    if (receiptId == null || receiptId.isBlank() || receiptId.length() > MAX_ID) {
      throw new BadField("receiptId", "receiptId 必填且不超过 " + MAX_ID + " 个字符");
    }
    return new Receipt(messageId(row), channel, kind(row), at(row), detail(row), receiptId);
  }

  private static UUID messageId(JsonNode row) {
    String text = String.valueOf(text(row, "messageId"));
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // told below, together with the ids that are only nearly right
    }
    throw new BadField("messageId", "messageId 必须是发送时给出的消息编号（UUID）");
  }

  private static ReceiptKind kind(JsonNode row) {
    try {
      return ReceiptKind.of(String.valueOf(text(row, "kind")));
    } catch (IllegalArgumentException e) {
      throw new BadField(
          "kind", "kind 只能是 delivered、failed、bounced、opened、clicked、replied 或 unsubscribed");
    }
  }

  private static Instant at(JsonNode row) {
    try {
      return OffsetDateTime.parse(String.valueOf(text(row, "at"))).toInstant();
    } catch (DateTimeParseException e) {
      throw new BadField("at", "at 必须是带时区的时间，例如 2026-11-22T10:00:00+08:00");
    }
  }

  private static @Nullable String detail(JsonNode row) {
    String detail = text(row, "detail");
    return detail == null || detail.length() <= MAX_DETAIL
        ? detail
        : detail.substring(0, MAX_DETAIL);
  }

  private static @Nullable String text(JsonNode row, String field) {
    JsonNode value = row.get(field);
    return value == null || !value.isTextual() ? null : value.asText();
  }

  private static ReceiptRefusedException malformed(String message) {
    return new ReceiptRefusedException(Reason.MALFORMED, message);
  }

  private static final class BadField extends RuntimeException {
    private final String field;

    private BadField(String field, String message) {
      super(message, null, false, false);
      this.field = field;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
