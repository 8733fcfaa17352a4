package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.History;
import io.waymark.console.security.Caller;
import io.waymark.customer.Customers;
import io.waymark.customer.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that happened to one customer, in order. */
@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "customers", description = "客户查询")
class TimelineApi {

  private final Customers customers;
  private final History timeline;

  TimelineApi(Customers customers, History timeline) {
    this.customers = customers;
    this.timeline = timeline;
  }

  @Operation(summary = "客户时间线", description = "事件、同意、测评、旅程的进入与离开、每条消息及其判定、任务，按时间从早到晚；缺省为最近 90 天。")
  @GetMapping("/{ref}/timeline")
  Timeline timeline(
      @Parameter(description = "客户号，或 类型:值 形式的标识", example = "80010023") @PathVariable String ref,
      @Parameter(description = "不早于此时刻，带时区") @RequestParam(required = false) @Nullable Instant from,
      @Parameter(description = "早于此时刻，带时区") @RequestParam(required = false) @Nullable Instant to,
      @Parameter(description = "只看这一类，如 event、message、journey、task、consent")
          @RequestParam(required = false)
          @Nullable String kind,
      Caller caller) {
    var customer =
        customers
            .find(ref, caller.scope())
            .orElseThrow(
                () ->
                    new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "unknown_customer",
                        "找不到该客户，或不在此密钥的营业部范围内，请检查客户标识。",
                        Map.of("field", "ref")));
    return new Timeline(customer.ref(), timeline.oldestFirst(customer.id(), from, to, kind));
  }

  /** The answer: whose history and its lines. */
  record Timeline(String customer, List<TimelineEntry> entries) {}
}
