package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.media.Schema;
import io.waymark.customer.event.IncomingEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing a customer did, as another system sends it. */
@Schema(
    name = "Event",
    requiredProperties = {"eventId", "customer", "type", "occurredAt"})
record EventRow(
    @Schema(description = "来源系统自己的事件编号，重复提交只记一次", example = "evt-20261122-0001")
        @Nullable String eventId,
    @Schema(description = "客户号，或 类型:值 形式的标识", example = "mobile:13812341234")
        @Nullable String customer,
    @Schema(description = "事件类型", example = "account.opened") @Nullable String type,
    @Schema(description = "发生时间，带时区", example = "2026-11-22T09:30:00+08:00")
        @Nullable Instant occurredAt,
    @Schema(description = "事件属性", example = "{\"channel\": \"app\"}")
        @Nullable Map<String, Object> properties,
    @Schema(description = "随事件得知的客户标识，登记在客户名下，不存入事件；类型同客户资料", example = "{\"device\": \"a1b2c3\"}")
        @Nullable Map<String, String> identities) {

  IncomingEvent event() {
    return new IncomingEvent(
        required("eventId", eventId),
        required("customer", customer),
        required("type", type),
        required("occurredAt", occurredAt),
        properties == null ? Map.of() : properties,
        CustomerRow.without(identities));
  }
}
