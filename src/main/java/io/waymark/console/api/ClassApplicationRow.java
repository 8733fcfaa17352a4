package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.media.Schema;
import io.waymark.suitability.investor.Route;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One application to change the investor class, or a notice of return. */
@Schema(
    name = "ClassApplication",
    requiredProperties = {"customer", "route", "materials"})
record ClassApplicationRow(
    @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer,
    @Schema(
            description = "途径；revert 为客户书面告知转回普通投资者，立即生效",
            allowableValues = {
              "art8_person",
              "art8_organisation",
              "art11_person",
              "art11_organisation",
              "revert"
            })
        @Nullable String route,
    @Schema(description = "申请材料的档案编号，不含资产数额与证件号", example = "档案-2026-001")
        @Nullable String materials) {

  Application application() {
    String wanted = required("route", route);
    return new Application(
        required("customer", customer),
        Stream.of(Route.values())
            .filter(one -> one.code().equals(wanted))
            .findFirst()
            .orElseThrow(
                () -> new RefusedRow("route", "unknown_word", "途径不存在，请对照 /v3/api-docs 检查。")),
        required("materials", materials));
  }

  /** A sound row. */
  record Application(String customer, Route route, String materials) {}
}
