package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.customer.intake.RejectedRow;
import io.waymark.customer.intake.RejectedRows;
import io.waymark.customer.load.ImportFormat;
import io.waymark.customer.load.ImportJob;
import io.waymark.customer.load.ImportRefusedException;
import io.waymark.customer.load.ImportRequest;
import io.waymark.customer.load.Imports;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Files of any size: sent once, taken in by the nodes, with status and the list of refused rows.
 */
@RestController
@RequestMapping("/api/v1/imports")
@Tag(name = "imports", description = "文件导入：大小不限，边收边存，逐行报告；服务重启后自动继续")
class ImportsApi {

  private static final int PAGE = 1_000;

  private final Imports imports;
  private final RejectedRows rejected;

  ImportsApi(Imports imports, RejectedRows rejected) {
    this.imports = imports;
    this.rejected = rejected;
  }

  @Operation(
      summary = "上传文件",
      description =
          "请求体就是文件内容。CSV 第一行为表头（UTF-8 或 GB18030），NDJSON 每行一个 JSON 对象（UTF-8）。"
              + "events：eventId、customer、type、occurredAt、property.属性名（或 properties 对象）；"
              + "tags：customer、asOf、tag.标签代码（或 tags 对象）；customers：同“提交客户”。"
              + "文件属于全公司，需要不限营业部的密钥。",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/octet-stream",
                      schema = @Schema(type = "string", format = "binary"))))
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  ImportJob upload(
      @Parameter(description = "customers、tags 或 events") @RequestParam String kind,
      @Parameter(description = "csv 或 ndjson") @RequestParam(defaultValue = "csv") String format,
      @Parameter(description = "来源系统，缺省为密钥名称") @RequestParam(required = false)
          @Nullable String source,
      @Parameter(description = "仅 events：作为历史数据入库，不触发旅程") @RequestParam(defaultValue = "false")
          boolean historical,
      @Parameter(description = "仅 customers、tags：自动登记未登记的标签") @RequestParam(defaultValue = "false")
          boolean declareTags,
      @Parameter(description = "文件名，显示用") @RequestParam(defaultValue = "") String name,
      @Parameter(hidden = true) InputStream body,
      Caller caller)
      throws IOException {
    everywhere(caller);
    ImportRequest request =
        new ImportRequest(
            word("kind", IntakeKind.class, kind),
            word("format", ImportFormat.class, format),
            source == null || source.isBlank() ? caller.actor() : source.strip(),
            historical,
            declareTags,
            name.length() > 200 ? name.substring(0, 200) : name);
    try {
      return found(imports.upload(request, body, caller.actor()));
    } catch (ImportRefusedException refused) {
      throw new ApiProblem(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "import_refused",
          refused.getMessage(),
          Map.of("field", refused.field()));
    }
  }

  @Operation(summary = "查看导入列表", description = "最近的在前，每页 50 个。")
  @GetMapping
  List<ImportJob> list(@RequestParam(defaultValue = "0") int page, Caller caller) {
    everywhere(caller);
    return imports.page(Math.max(0, page) * 50, 50);
  }

  @Operation(summary = "查看一次导入的进度与结果")
  @GetMapping("/{id}")
  ImportJob one(@PathVariable long id, Caller caller) {
    everywhere(caller);
    return found(id);
  }

  @Operation(summary = "查看一次导入被拒绝的行", description = "按行号排列，每页 1000 行；样例值已脱敏。")
  @GetMapping("/{id}/problems")
  List<RejectedRow> problems(
      @PathVariable long id, @RequestParam(defaultValue = "0") int page, Caller caller) {
    everywhere(caller);
    found(id);
    return rejected.ofImport(id, Math.max(0, page) * PAGE, PAGE);
  }

  @Operation(summary = "停止一次导入", description = "已导入的行保留。")
  @PostMapping("/{id}/cancel")
  ImportJob cancel(@PathVariable long id, Caller caller) {
    everywhere(caller);
    found(id);
    imports.cancel(id, caller.actor());
    return found(id);
  }

  private ImportJob found(long id) {
    return imports
        .find(id)
        .orElseThrow(
            () ->
                new ApiProblem(
                    HttpStatus.NOT_FOUND,
                    "unknown_import",
                    "没有这次导入，请检查编号。",
                    Map.of("field", "id")));
  }

  private static void everywhere(Caller caller) {
    if (!caller.scope().all()) {
      throw new ApiProblem(
          HttpStatus.FORBIDDEN, "forbidden", "文件导入属于全公司，请使用不限营业部的接口密钥或账号。", Map.of());
    }
  }

  private static <E extends Enum<E>> E word(String field, Class<E> type, String word) {
    return Stream.of(type.getEnumConstants())
        .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "unknown_word",
                    "参数 %s 的值不正确，请对照 /v3/api-docs。".formatted(field),
                    Map.of("field", field)));
  }
}
