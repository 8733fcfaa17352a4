package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.customer.rights.Correction;
import io.waymark.customer.rights.CorrectionRefusedException;
import io.waymark.customer.rights.Corrections;
import io.waymark.customer.rights.CustomerCopies;
import io.waymark.customer.rights.Erasure;
import io.waymark.customer.rights.ErasureRefusedException;
import io.waymark.customer.rights.Erasures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What customers ask of us about their own data, from the systems where they ask. A request by API
 * is the first of two persons: the second confirms it in the console.
 */
@RestController
@RequestMapping("/api/v1/rights")
@Tag(name = "rights", description = "客户对自己个人信息的请求")
class RightsApi {

  private final Customers customers;
  private final CustomerCopies copies;
  private final Erasures erasures;
  private final Corrections corrections;

  RightsApi(
      Customers customers, CustomerCopies copies, Erasures erasures, Corrections corrections) {
    this.customers = customers;
    this.copies = copies;
    this.erasures = erasures;
    this.corrections = corrections;
  }

  @Operation(summary = "导出客户数据副本", description = "我们持有的该客户全部数据，ZIP 内每类一个 JSON 文件（个人信息保护法 45）；导出留痕。")
  @PostMapping(path = "/copies", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> copy(@RequestBody CopyRequest request, Caller caller) throws IOException {
    CustomerProfile customer =
        customers
            .find(said("customer", request.customer()), caller.scope())
            .orElseThrow(RightsApi::unknown);
    // Whole before it is answered: a copy that breaks off would look like all we hold.
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    copies.write(customer.id(), customer.branch(), caller.actor(), copy);
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"customer-data.zip\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.parseMediaType("application/zip"))
        .body(copy.toByteArray());
  }

  @Operation(summary = "申请删除客户个人信息", description = "登记申请，须由另一位合规人员在控制台确认后才会删除（个人信息保护法 47）。")
  @PostMapping(path = "/erasures", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Answer> erase(@RequestBody ErasureRequest request, Caller caller) {
    String ref = ref(said("customer", request.customer()), caller);
    try {
      long id =
          erasures.request(ref, said("reason", request.reason()), caller.actor(), caller.scope());
      return ResponseEntity.accepted().body(erasure(id, caller));
    } catch (ErasureRefusedException refused) {
      throw new ApiProblem(
          HttpStatus.CONFLICT, "refused", refused.getMessage(), Map.of("field", "customer"));
    }
  }

  @Operation(summary = "查询删除申请")
  @GetMapping("/erasures/{id}")
  Answer erasure(@Parameter(description = "申请编号") @PathVariable long id, Caller caller) {
    Erasure one = erasures.find(id, caller.scope()).orElseThrow(RightsApi::unknownRequest);
    return new Answer(one.id(), one.ref(), null, one.status(), one.requestedAt(), one.decidedAt());
  }

  @Operation(summary = "申请更正客户个人信息", description = "登记更正申请，须由另一位人员在控制台确认后生效（个人信息保护法 46）；主系统须同时更正。")
  @PostMapping(path = "/corrections", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Answer> correct(@RequestBody CorrectionRequest request, Caller caller) {
    String customer = said("customer", request.customer());
    customers.find(customer, caller.scope()).orElseThrow(RightsApi::unknown);
    String ref = customer.contains(":") ? ref(customer, caller) : customer;
    try {
      long id =
          corrections.request(
              ref,
              said("field", request.field()),
              said("value", request.value()),
              said("reason", request.reason()),
              caller.actor(),
              caller.scope());
      return ResponseEntity.accepted().body(correction(id, caller));
    } catch (CorrectionRefusedException refused) {
      throw new ApiProblem(
          refused.field().equals("field") ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST,
          "refused",
          refused.getMessage(),
          Map.of("field", refused.field()));
    }
  }

  @Operation(summary = "查询更正申请")
  @GetMapping("/corrections/{id}")
  Answer correction(@Parameter(description = "申请编号") @PathVariable long id, Caller caller) {
    Correction one = corrections.find(id, caller.scope()).orElseThrow(RightsApi::unknownRequest);
    return new Answer(
        one.id(), one.ref(), one.field(), one.status(), one.requestedAt(), one.decidedAt());
  }

  private String ref(String customer, Caller caller) {
    return customers
        .find(customer, caller.scope())
        .map(CustomerProfile::ref)
        .orElseThrow(RightsApi::unknown);
  }

  private static String said(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new ApiProblem(
          HttpStatus.BAD_REQUEST,
          "missing_field",
          "缺少字段“%s”，请补充。".formatted(field),
          Map.of("field", field));
    }
    return value.strip();
  }

  private static ApiProblem unknown() {
    return new ApiProblem(
        HttpStatus.NOT_FOUND,
        "unknown_customer",
        "找不到该客户，或不在此密钥的营业部范围内，请检查客户标识。",
        Map.of("field", "customer"));
  }

  private static ApiProblem unknownRequest() {
    return new ApiProblem(
        HttpStatus.NOT_FOUND,
        "unknown_request",
        "找不到该申请，或不在此密钥的营业部范围内，请检查申请编号。",
        Map.of("field", "id"));
  }

  /** Whose data to hand out. */
  @Schema(name = "CopyRequest", requiredProperties = "customer")
  record CopyRequest(
      @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer) {}

  /** Whose data to erase, and what he said. */
  @Schema(
      name = "ErasureRequest",
      requiredProperties = {"customer", "reason"})
  record ErasureRequest(
      @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer,
      @Schema(description = "客户怎样提出的，不写个人信息", example = "客户在 App 内提出，已核身")
          @Nullable String reason) {}

  /** What is wrong and how it should be. */
  @Schema(
      name = "CorrectionRequest",
      requiredProperties = {"customer", "field", "value", "reason"})
  record CorrectionRequest(
      @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer,
      @Schema(description = "name、birthDate 或 identity.类型", example = "birthDate")
          @Nullable String field,
      @Schema(description = "更正后的内容；生日写成 1990-01-31", example = "1990-01-31")
          @Nullable String value,
      @Schema(description = "客户怎样提出、凭什么材料，不写个人信息", example = "客户出示身份证件") @Nullable String reason) {}

  /** A request and where it stands. */
  @Schema(name = "RightsRequest")
  record Answer(
      long id,
      String customer,
      @Nullable String field,
      @Schema(description = "requested 待确认、declined 已驳回、done 已完成") String status,
      Instant requestedAt,
      @Nullable Instant decidedAt) {}
}
