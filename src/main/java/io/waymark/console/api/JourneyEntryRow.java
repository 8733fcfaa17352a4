package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.media.Schema;
import io.waymark.journey.ApiEntries;
import org.jspecify.annotations.Nullable;

/** One customer who is to enter a journey. */
@Schema(
    name = "JourneyEntry",
    requiredProperties = {"customer", "requestId"})
record JourneyEntryRow(
    @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer,
    @Schema(description = "调用方的请求编号，同一客户同一编号只算一次", example = "crm-20261123-0001")
        @Nullable String requestId) {

  ApiEntries.Wish wish() {
    return new ApiEntries.Wish(required("customer", customer), required("requestId", requestId));
  }
}
