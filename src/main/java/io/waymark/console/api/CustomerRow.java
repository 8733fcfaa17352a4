package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.media.Schema;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.LegalStatus;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One customer as another system sends it; field names are those of the CSV columns. */
@Schema(
    name = "Customer",
    requiredProperties = {"ref", "name", "branch", "customerClass", "legalStatus"})
record CustomerRow(
    @Schema(description = "客户号，全公司唯一", example = "80010023", maxLength = 64) @Nullable String ref,
    @Schema(description = "客户姓名，加密保存", example = "王小明") @Nullable String name,
    @Schema(description = "出生日期", example = "1988-05-01") @Nullable LocalDate birthDate,
    @Schema(description = "营业部代码", example = "SH01") @Nullable String branch,
    @Schema(description = "专属投顾工号", example = "tg001") @Nullable String advisor,
    @Schema(description = "投资者类别", example = "ordinary") @Nullable CustomerClass customerClass,
    @Schema(description = "客户状态；每次都要写明，以免身故、受限等状态被漏写抹去", example = "normal")
        @Nullable LegalStatus legalStatus,
    @Schema(
            description =
                "联系与识别信息：mobile、email、fund_account、id_number、wechat、wecom、landline、device；同类多个用分号隔开，第一个用于触达",
            example = "{\"mobile\": \"13812341234\"}")
        @Nullable Map<String, String> identities,
    @Schema(description = "标签", example = "{\"tier\": \"growth\"}")
        @Nullable Map<String, String> tags) {

  CustomerRecord record() {
    return new CustomerRecord(
        required("ref", ref),
        required("name", name),
        birthDate,
        required("branch", branch),
        advisor,
        required("customerClass", customerClass),
        required("legalStatus", legalStatus),
        without(identities),
        without(tags));
  }

  /** JSON may say null where it means "nothing said". */
  static Map<String, String> without(@Nullable Map<String, String> values) {
    if (values == null) {
      return Map.of();
    }
    Map<String, String> said = new HashMap<>(values);
    said.values().removeIf(Objects::isNull);
    return said;
  }
}
