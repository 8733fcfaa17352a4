package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.ContactCheck;
import io.waymark.console.ContactChecks;
import io.waymark.console.security.Caller;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a customer would, or would not, get a text. */
@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "customers", description = "客户查询")
class ContactCheckApi {

  private final Customers customers;
  private final ContactChecks checks;

  ContactCheckApi(Customers customers, ContactChecks checks) {
    this.customers = customers;
    this.checks = checks;
  }

  @Operation(
      summary = "能否触达及原因",
      description =
          "逐关说明此刻（或过去某一时刻）能否用该模板触达该客户，并列出各关依据；只查询，不占频次、不留判定。"
              + "询问过去时，有留存历史的各关按当时计算，其余按当前资料并注明；stored 为当时实际作出的最近一次判定。")
  @GetMapping("/{ref}/contact-check")
  ContactCheck check(
      @Parameter(description = "客户号，或 类型:值 形式的标识", example = "80010023") @PathVariable String ref,
      @Parameter(description = "模板编码") @RequestParam String template,
      @Parameter(description = "产品代码；模板不涉及产品时不填") @RequestParam(required = false)
          @Nullable String product,
      @Parameter(description = "时刻，带时区；不填为现在") @RequestParam(required = false) @Nullable Instant at,
      Caller caller) {
    CustomerProfile customer =
        customers
            .find(ref, caller.scope())
            .orElseThrow(
                () ->
                    new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "unknown_customer",
                        "找不到该客户，或不在此密钥的营业部范围内，请检查客户标识。",
                        Map.of("field", "ref")));
    return checks.ask(customer, template, product, at);
  }
}
