package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.journey.ApiEntries;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.platform.BatchReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Customers whom other systems ask into journeys that are drawn to be entered so. */
@RestController
@RequestMapping("/api/v1/journeys")
@Tag(name = "journeys", description = "旅程进入")
class JourneyApi {

  private final JsonRows json;
  private final ApiEntries entries;

  JourneyApi(JsonRows json, ApiEntries entries) {
    this.json = json;
    this.entries = entries;
  }

  @Operation(
      summary = "请客户进入旅程",
      description =
          "只对进入方式画成“接口进入”、并已发布的旅程有效。requestId 是调用方自己的编号：同一客户同一编号只算一次，"
              + "超时或断线后用原编号重发即可，重复的计入 duplicates。accepted 表示已排队；"
              + "是否进入仍按再进间隔、对照组、人数上限、放量逐一决定，结果见客户时间线与旅程页。",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      array =
                          @ArraySchema(schema = @Schema(implementation = JourneyEntryRow.class)))))
  @PostMapping(path = "/{key}/entries", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport entries(
      @Parameter(description = "旅程编号", example = "autumn-care") @PathVariable String key,
      @Parameter(hidden = true) InputStream body,
      Caller caller)
      throws IOException {
    return json.read(body, JourneyEntryRow.class)
        .map(JourneyEntryRow::wish)
        .accept(
            wishes -> {
              try {
                return entries.request(key, wishes, caller.scope());
              } catch (JourneyRefusedException refused) {
                throw problem(refused);
              }
            });
  }

  private static ApiProblem problem(JourneyRefusedException refused) {
    HttpStatus status =
        refused.code().equals("unknown_journey") ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
    return new ApiProblem(
        status, refused.code(), String.valueOf(refused.getMessage()), Map.of("field", "key"));
  }
}
