package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.media.Schema;
import io.waymark.customer.AssessmentRow;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The result of one risk questionnaire. */
@Schema(
    name = "RiskAssessment",
    requiredProperties = {"customer", "level", "assessedAt", "expiresAt", "objective"})
record RiskAssessmentRow(
    @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer,
    @Schema(description = "风险承受能力等级", example = "C3") @Nullable RiskTolerance level,
    @Schema(description = "是否为最低类别，缺省为否") @Nullable Boolean minimumClass,
    @Schema(description = "测评时间，带时区", example = "2026-11-22T09:30:00+08:00")
        @Nullable Instant assessedAt,
    @Schema(description = "最后有效时刻，带时区", example = "2028-11-21T23:59:59+08:00")
        @Nullable Instant expiresAt,
    @Schema(description = "可接受的最长期限 short、medium、long；缺省为未询问") @Nullable String maxTerm,
    @Schema(description = "可接受的产品类型；缺省为未询问") @Nullable Set<String> productTypes,
    @Schema(
            description = "投资目标",
            allowableValues = {"preservation", "income", "growth", "aggressive"})
        @Nullable String objective) {

  AssessmentRow row() {
    return new AssessmentRow(
        required("customer", customer),
        new RiskAssessment(
            required("level", level),
            Boolean.TRUE.equals(minimumClass),
            required("assessedAt", assessedAt),
            required("expiresAt", expiresAt),
            maxTerm,
            productTypes == null ? Set.of() : productTypes,
            required("objective", objective)));
  }
}
