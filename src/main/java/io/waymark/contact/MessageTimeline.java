package io.waymark.contact;

import io.waymark.customer.TimelineEntry;
import io.waymark.customer.TimelineSource;
import io.waymark.platform.Channel;
import io.waymark.platform.staff.BranchScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Each message in the history of a customer: what the gate said and what became of it. */
@Component
class MessageTimeline implements TimelineSource {

  private static final int MOST = 1_000;

  private final Messages messages;

  MessageTimeline(Messages messages) {
    this.messages = messages;
  }

  @Override
  public List<TimelineEntry> of(long customerId, Instant from, Instant to) {
    MessageFilter filter = new MessageFilter(customerId, null, null, null, null, null, from, to);
    List<TimelineEntry> entries = new ArrayList<>();
    for (MessageRecord message : messages.page(filter, BranchScope.everywhere(), 0, MOST)) {
      entries.add(
          new TimelineEntry(message.createdAt(), "message", title(message), details(message)));
    }
    entries.sort(Comparator.comparing(TimelineEntry::at));
    return entries;
  }

  private static String title(MessageRecord message) {
    String what = word(message.channel()) + "「" + message.template() + "」";
    return switch (message.status()) {
      case "withheld" -> what + "未发送：" + why(message);
      case "waiting" ->
          what + (WithheldReason.QUIET_HOURS.code().equals(message.reason()) ? "已顺延" : "等待发送");
      case "sending" -> what + "发送中";
      case "sent" -> what + "已发送";
      case "delivered" -> what + "已送达";
      case "failed" -> what + "发送失败";
      default -> what + "结果未知，服务商未给出回执";
    };
  }

  private static String why(MessageRecord message) {
    String reason = message.reason();
    return reason == null ? "未记录原因" : WithheldReason.of(reason).message();
  }

  private static String word(@Nullable Channel channel) {
    if (channel == null) {
      return "消息";
    }
    return switch (channel) {
      case SMS -> "短信";
      case EMAIL -> "邮件";
      case WEBHOOK -> "外部系统通知";
      case IN_APP -> "App 内消息";
      case PHONE -> "电话";
      case WECOM -> "企业微信";
      case WECHAT -> "微信";
      case PUSH -> "推送";
    };
  }

  private static Map<String, String> details(MessageRecord message) {
    Map<String, String> details = new HashMap<>();
    details.put("messageId", message.messageId().toString());
    details.put("template", message.template());
    details.put("journey", message.journeyKey());
    details.put("node", message.node());
    details.put("status", message.status());
    // A message exists only when the gate let it pass; what was withheld says so in its status.
    details.put("verdict", message.status().equals("withheld") ? "withheld" : "allowed");
    put(details, "reason", message.reason());
    put(details, "gate", message.gate());
    put(details, "product", message.product());
    put(details, "channel", message.channel() == null ? null : message.channel().code());
    put(details, "dueAt", message.dueAt());
    put(details, "settledAt", message.settledAt());
    put(details, "participationId", message.participationId());
    return details;
  }

  private static void put(Map<String, String> details, String key, @Nullable Object value) {
    if (value != null) {
      details.put(key, value.toString());
    }
  }
}
