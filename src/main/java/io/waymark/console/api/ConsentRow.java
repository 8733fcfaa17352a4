package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.media.Schema;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One word of a customer about one purpose on one channel. */
@Schema(
    name = "Consent",
    requiredProperties = {"customer", "purpose", "channel", "state", "source", "at"})
record ConsentRow(
    @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer,
    @Schema(description = "用途", example = "product_marketing") @Nullable Purpose purpose,
    @Schema(description = "渠道", example = "sms") @Nullable Channel channel,
    @Schema(description = "同意 granted 或拒绝 refused；撤回即拒绝", example = "granted")
        @Nullable ConsentState state,
    @Schema(description = "在哪里表示的", example = "app") @Nullable String source,
    @Schema(description = "所同意文本的版本；同意时必填", example = "2026-03") @Nullable String textVersion,
    @Schema(description = "表示时间，带时区", example = "2026-11-22T09:30:00+08:00") @Nullable Instant at,
    @Schema(description = "同意的到期时间，缺省为不到期") @Nullable Instant expires,
    @Schema(description = "来源系统的凭证编号") @Nullable String evidenceRef) {

  ConsentChange change() {
    ConsentState said = required("state", state);
    return new ConsentChange(
        required("customer", customer),
        required("purpose", purpose),
        required("channel", channel),
        said,
        required("source", source),
        said == ConsentState.GRANTED
            ? required("textVersion", textVersion)
            : textVersion == null ? "" : textVersion,
        required("at", at),
        expires,
        evidenceRef);
  }
}
