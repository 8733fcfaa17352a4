package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerCsv;
import io.waymark.customer.CustomerFile;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.intake.IntakeBook;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.customer.intake.RejectedRows;
import io.waymark.platform.BatchReport;
import io.waymark.product.Products;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What other systems send in: each batch is answered with a report, bad rows named, good kept. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "intake", description = "数据接入：每批最多 5000 行，坏行逐行报告位置与字段，好行保留")
class IntakeApi {

  private static final String CSV = "text/csv";

  private final JsonRows json;
  private final OwnBranches branches;
  private final Customers customers;
  private final CustomerEvents events;
  private final Consents consents;
  private final RiskAssessments assessments;
  private final Products products;
  private final IntakeBook book;
  private final RejectedRows rejected;

  IntakeApi(
      JsonRows json,
      OwnBranches branches,
      Customers customers,
      CustomerEvents events,
      Consents consents,
      RiskAssessments assessments,
      Products products,
      IntakeBook book,
      RejectedRows rejected) {
    this.book = book;
    this.rejected = rejected;
    this.json = json;
    this.branches = branches;
    this.customers = customers;
    this.events = events;
    this.consents = consents;
    this.assessments = assessments;
    this.products = products;
  }

  // The three ways of sending customers are one operation of the description.
  @Operation(
      summary = "提交客户",
      description =
          "按客户号新增或更新；没有写出的联系方式和标签保持不变。可用 JSON 数组、CSV 正文，或表单字段 file 上传 CSV。"
              + "CSV 第一行为标题：ref、name、branch、customerClass、legalStatus 必有，birthDate、advisor、"
              + "identity.mobile、identity.email、tag.标签名 等可选；编码为 UTF-8 或 GB18030。",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    array = @ArraySchema(schema = @Schema(implementation = CustomerRow.class))),
                @Content(
                    mediaType = CSV,
                    schema =
                        @Schema(
                            type = "string",
                            example =
                                "ref,name,branch,customerClass,legalStatus,identity.mobile\n"
                                    + "80010023,王小明,SH01,普通,正常,13812341234\n")),
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                    schemaProperties =
                        @SchemaProperty(
                            name = "file",
                            schema = @Schema(type = "string", format = "binary")))
              }))
  @PostMapping(path = "/customers", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport customers(@Parameter(hidden = true) InputStream body, Caller caller)
      throws IOException {
    return take(json.read(body, CustomerRow.class).map(CustomerRow::record), caller);
  }

  @Hidden
  @PostMapping(path = "/customers", consumes = CSV)
  BatchReport customersCsv(@Parameter(hidden = true) InputStream body, Caller caller)
      throws IOException {
    return take(csv(body), caller);
  }

  @Hidden
  @PostMapping(path = "/customers", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  BatchReport customersFile(@RequestPart("file") MultipartFile file, Caller caller)
      throws IOException {
    try (InputStream body = file.getInputStream()) {
      return take(csv(body), caller);
    }
  }

  @Operation(
      summary = "提交客户事件",
      description = "同一来源的同一事件编号只记一次，重复提交计入 duplicates。",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      array = @ArraySchema(schema = @Schema(implementation = EventRow.class)))))
  @PostMapping(path = "/events", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport events(
      @Parameter(description = "来源系统，缺省为密钥名称") @RequestParam(required = false)
          @Nullable String source,
      @Parameter(hidden = true) InputStream body,
      Caller caller)
      throws IOException {
    String from = source == null || source.isBlank() ? caller.actor() : source.strip();
    Rows<IncomingEvent> rows = json.read(body, EventRow.class).map(EventRow::event);
    BatchReport report =
        branches
            .within(rows, IncomingEvent::customer, caller.scope())
            .accept(good -> events.accept(from, good));
    rejected.keep(from, IntakeKind.EVENTS, report);
    return report;
  }

  @Operation(
      summary = "提交客户的同意与拒绝",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      array = @ArraySchema(schema = @Schema(implementation = ConsentRow.class)))))
  @PostMapping(path = "/consents", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport consents(@Parameter(hidden = true) InputStream body, Caller caller)
      throws IOException {
    Rows<ConsentChange> rows = json.read(body, ConsentRow.class).map(ConsentRow::change);
    return noted(
        IntakeKind.CONSENTS,
        caller,
        branches
            .within(rows, ConsentChange::customer, caller.scope())
            .accept(good -> consents.record(good, caller.actor())));
  }

  @Operation(
      summary = "提交风险测评结果",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      array =
                          @ArraySchema(
                              schema = @Schema(implementation = RiskAssessmentRow.class)))))
  @PostMapping(path = "/assessments", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport assessments(@Parameter(hidden = true) InputStream body, Caller caller)
      throws IOException {
    Rows<AssessmentRow> rows = json.read(body, RiskAssessmentRow.class).map(RiskAssessmentRow::row);
    return noted(
        IntakeKind.ASSESSMENTS,
        caller,
        branches
            .within(rows, AssessmentRow::customer, caller.scope())
            .accept(good -> assessments.record(good, caller.actor())));
  }

  @Operation(
      summary = "提交产品",
      description = "按产品代码新增或更新。产品目录属于全公司，需要不限营业部的密钥。",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      array = @ArraySchema(schema = @Schema(implementation = ProductRow.class)))))
  @PostMapping(path = "/products", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport products(@Parameter(hidden = true) InputStream body, Caller caller)
      throws IOException {
    if (!caller.scope().all()) {
      throw new ApiProblem(HttpStatus.FORBIDDEN, "forbidden", "产品目录属于全公司，请使用不限营业部的接口密钥。", Map.of());
    }
    return json.read(body, ProductRow.class)
        .map(ProductRow::product)
        .accept(good -> products.upsertAll(good, caller.actor()));
  }

  private static Rows<CustomerRecord> csv(InputStream body) throws IOException {
    CustomerFile file = CustomerCsv.read(body);
    if (file.rows().size() > JsonRows.LIMIT) {
      throw JsonRows.tooMany();
    }
    return new Rows<>(file.rows(), file.positions(), file.problems());
  }

  private BatchReport take(Rows<CustomerRecord> rows, Caller caller) {
    // Both ends of a move must be the caller's: the branch a customer is in and the one it goes to.
    Rows<CustomerRecord> going =
        rows.map(
            row -> {
              if (!caller.scope().covers(row.branch())) {
                throw new RefusedRow(
                    "branch", "branch_out_of_scope", "此密钥不能写入该营业部的客户，请更换密钥或检查营业部代码。");
              }
              return row;
            });
    return noted(
        IntakeKind.CUSTOMERS,
        caller,
        branches
            .within(going, CustomerRecord::ref, caller.scope())
            .accept(good -> customers.importAll(good, caller.actor())));
  }

  private BatchReport noted(IntakeKind kind, Caller caller, BatchReport report) {
    book.note(caller.actor(), kind, report);
    rejected.keep(caller.actor(), kind, report);
    return report;
  }
}
