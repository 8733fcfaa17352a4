package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.contact.InAppSlots;
import io.waymark.contact.SlotContent;
import io.waymark.customer.Customers;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the App shows a customer at one of its places now (广告位/资源位). */
@RestController
@RequestMapping("/api/v1/slots")
@Tag(name = "slots", description = "App 资源位")
class SlotApi {

  private final Customers customers;
  private final InAppSlots slots;

  SlotApi(Customers customers, InAppSlots slots) {
    this.customers = customers;
    this.slots = slots;
  }

  @Operation(
      summary = "资源位内容",
      description = "该客户此刻在此资源位可以看到的已批准内容,新的在前。每次读取都重新过闸门:撤回同意或停止营销后立即不再返回。")
  @GetMapping("/{slot}")
  Slot slot(
      @Parameter(description = "资源位,缺省位置为 home", example = "home") @PathVariable String slot,
      @Parameter(description = "客户号,或 类型:值 形式的标识", example = "80010023") @RequestParam
          String customer,
      Caller caller) {
    long customerId =
        customers
            .idOf(customer, caller.scope())
            .orElseThrow(
                () ->
                    new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "unknown_customer",
                        "找不到该客户,或不在此密钥的营业部范围内,请检查客户标识。",
                        Map.of("field", "customer")));
    return new Slot(slot, slots.current(customerId, slot));
  }

  /** The answer: the place and what stands there. */
  record Slot(String slot, List<SlotContent> contents) {}
}
