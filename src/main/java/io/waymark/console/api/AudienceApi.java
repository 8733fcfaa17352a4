package io.waymark.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.customer.Customers;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.segment.Audience;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceMember;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.Audiences;
import io.waymark.segment.live.KeptAudiences;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.Explanation;
import io.waymark.segment.rule.RuleSyntaxException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Audiences for other systems: written, counted, listed and explained in the one rule language. */
@RestController
@RequestMapping("/api/v1/audiences")
@Tag(name = "audiences", description = "人群：规则、人数、名单与逐条件解释")
class AudienceApi {

  private static final int BATCH = 5_000;

  private final Audiences audiences;
  private final AudienceQuestions questions;
  private final KeptAudiences kept;
  private final Customers customers;
  private final ObjectMapper json;
  private final Clock clock;

  AudienceApi(
      Audiences audiences,
      AudienceQuestions questions,
      KeptAudiences kept,
      Customers customers,
      ObjectMapper json,
      Clock clock) {
    this.audiences = audiences;
    this.questions = questions;
    this.kept = kept;
    this.customers = customers;
    this.json = json;
    this.clock = clock;
  }

  /** An audience as it is read. */
  record AudienceRow(
      String code,
      String name,
      String rule,
      String purpose,
      @Nullable String schedule,
      boolean live,
      int revision,
      Instant updatedAt,
      KeptAudiences.@Nullable State members) {}

  /** An audience as it is written. */
  record AudienceText(
      @Schema(example = "dca-candidates") String code,
      @Schema(example = "定投引导候选客户") String name,
      @Schema(example = "tag asset_total >= 500000") String rule,
      @Schema(example = "product_marketing") String purpose,
      @Schema(example = "每个交易日 15:30") @Nullable String schedule,
      @Nullable Boolean live) {}

  /** A rule that is not saved. */
  record RuleText(@Schema(example = "age >= 60 and has tag tier") String rule) {}

  /** How many customers a rule selects. */
  record Count(long count, Instant at) {}

  @Operation(summary = "人群列表")
  @GetMapping
  List<AudienceRow> list() {
    return audiences.all().stream().map(this::row).toList();
  }

  @Operation(summary = "一个人群", description = "members 为实时或定时人群的成员状态；其他人群没有。")
  @GetMapping("/{code}")
  AudienceRow show(@PathVariable String code) {
    return row(found(code));
  }

  @Operation(summary = "新建或修改人群", description = "规则语法见 docs/audiences.md；有错时说明第几个字符应写什么。")
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  AudienceRow save(@RequestBody AudienceText text, Caller caller) {
    return row(
        answered(
            () ->
                audiences.save(
                    new AudienceDraft(
                        Fields.required("code", text.code()),
                        Fields.required("name", text.name()),
                        Fields.required("rule", text.rule()),
                        purpose(Fields.required("purpose", text.purpose())),
                        text.schedule() == null || text.schedule().isBlank()
                            ? null
                            : text.schedule().strip(),
                        Boolean.TRUE.equals(text.live())),
                    caller.actor())));
  }

  @Operation(summary = "人群人数", description = "按此刻的数据计算，限于密钥的营业部范围。")
  @GetMapping("/{code}/count")
  Count count(@PathVariable String code, Caller caller) {
    found(code);
    Instant now = clock.instant();
    return new Count(answered(() -> questions.count(code, caller.scope(), now)), now);
  }

  @Operation(summary = "规则人数", description = "不保存，只算人数。")
  @PostMapping(path = "/count", consumes = MediaType.APPLICATION_JSON_VALUE)
  Count countOfRule(@RequestBody RuleText text, Caller caller) {
    Instant now = clock.instant();
    return new Count(
        answered(
            () -> questions.countOfRule(Fields.required("rule", text.rule()), caller.scope(), now)),
        now);
  }

  @Operation(summary = "人群名单", description = "每行一个 JSON 对象 {\"customer\":…,\"branch\":…}，边算边传。")
  @GetMapping(path = "/{code}/members", produces = MediaType.APPLICATION_NDJSON_VALUE)
  void members(@PathVariable String code, Caller caller, HttpServletResponse response)
      throws IOException {
    found(code);
    response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
    Writer lines = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    questions.members(code, caller.scope(), clock.instant(), BATCH, batch -> write(lines, batch));
    lines.flush();
  }

  @Operation(summary = "为什么在或不在人群里", description = "逐条件给出结论、看到的值与未知的原因。")
  @GetMapping("/{code}/explain")
  Explanation explain(
      @PathVariable String code,
      @Parameter(description = "客户号，或 类型:值 形式的标识", example = "80010023") @RequestParam
          String customer,
      Caller caller) {
    found(code);
    long id =
        customers
            .find(customer, caller.scope())
            .orElseThrow(
                () ->
                    new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "unknown_customer",
                        "找不到该客户，或不在此密钥的营业部范围内，请检查客户标识。",
                        Map.of("field", "customer")))
            .id();
    return answered(
        () -> questions.explain(code, id, caller.scope(), null, clock.instant()).orElseThrow());
  }

  private void write(Writer lines, List<AudienceMember> batch) {
    try {
      Map<Long, String> refs =
          customers.refsOf(batch.stream().map(AudienceMember::customerId).toList());
      for (AudienceMember member : batch) {
        lines.write(line(refs.get(member.customerId()), member.branch()));
        lines.write('\n');
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private String line(@Nullable String ref, String branch) throws JsonProcessingException {
    return json.writeValueAsString(Map.of("customer", String.valueOf(ref), "branch", branch));
  }

  private AudienceRow row(Audience audience) {
    return new AudienceRow(
        audience.code(),
        audience.name(),
        audience.rule(),
        audience.purpose().code(),
        audience.schedule(),
        audience.live(),
        audience.revision(),
        audience.updatedAt(),
        kept.state(audience.code()).orElse(null));
  }

  private Audience found(String code) {
    return audiences
        .find(code)
        .orElseThrow(
            () ->
                new ApiProblem(
                    HttpStatus.NOT_FOUND,
                    "unknown_audience",
                    "没有代码为“" + code + "”的人群，请检查代码。",
                    Map.of("field", "code")));
  }

  private static Purpose purpose(String code) {
    try {
      return Purpose.of(code);
    } catch (IllegalArgumentException unknown) {
      throw refused(
          "invalid_value", "用途“" + code + "”不存在，请用 product_marketing、service 等代码。", "purpose", 0);
    }
  }

  private static <T> T answered(Supplier<T> question) {
    try {
      return question.get();
    } catch (RuleSyntaxException wrong) {
      throw refused("invalid_rule", wrong.getMessage(), "rule", wrong.position());
    } catch (AudienceRefusedException | CalendarUnknownException refused) {
      throw refused("refused", String.valueOf(refused.getMessage()), "rule", 0);
    } catch (RefusedRow missing) {
      throw refused(missing.at(1).code(), missing.getMessage(), missing.at(1).field(), 0);
    }
  }

  private static ApiProblem refused(
      String code, @Nullable String detail, String field, int position) {
    return new ApiProblem(
        HttpStatus.UNPROCESSABLE_ENTITY,
        code,
        String.valueOf(detail),
        position == 0 ? Map.of("field", field) : Map.of("field", field, "position", position));
  }
}
