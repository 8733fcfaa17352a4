package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.media.Schema;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One fund or service of the catalogue. */
@Schema(
    name = "Product",
    requiredProperties = {
      "code",
      "name",
      "type",
      "managerRisk",
      "brokerRisk",
      "manager",
      "objective",
      "status"
    })
record ProductRow(
    @Schema(description = "产品代码", example = "000123") @Nullable String code,
    @Schema(description = "产品名称") @Nullable String name,
    @Schema(
            description = "产品类型",
            allowableValues = {
              "equity_fund",
              "bond_fund",
              "money_fund",
              "mixed_fund",
              "qdii",
              "margin",
              "advisory",
              "repo",
              "service"
            })
        @Nullable String type,
    @Schema(description = "管理人评定的风险等级", example = "R3") @Nullable ProductRisk managerRisk,
    @Schema(description = "本公司评定的风险等级；取两者较高者", example = "R3") @Nullable ProductRisk brokerRisk,
    @Schema(description = "管理人名称") @Nullable String manager,
    @Schema(description = "期限 short、medium、long；缺省为无固定期限") @Nullable String term,
    @Schema(
            description = "投资目标",
            allowableValues = {"preservation", "income", "growth", "aggressive"})
        @Nullable String objective,
    @Schema(
            description = "销售状态",
            allowableValues = {"on_sale", "closed"})
        @Nullable String status,
    @Schema(description = "必备说明：fee、benchmark、document_url 等")
        @Nullable Map<String, String> statements) {

  Product product() {
    return new Product(
        required("code", code),
        required("name", name),
        required("type", type),
        required("managerRisk", managerRisk),
        required("brokerRisk", brokerRisk),
        required("manager", manager),
        term,
        required("objective", objective),
        required("status", status),
        statements == null ? Map.of() : statements);
  }
}
