package io.waymark.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.suitability.investor.ApplicationRefusedException;
import io.waymark.suitability.investor.InvestorClasses;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications to change the investor class, from the systems where customers make them. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "intake")
class ClassApi {

  private final JsonRows json;
  private final InvestorClasses classes;

  ClassApi(JsonRows json, InvestorClasses classes) {
    this.json = json;
    this.classes = classes;
  }

  @Operation(
      summary = "提交投资者类别申请",
      description = "普通转专业须经测试与合规决定（适当性管理办法 11、12）；转回普通投资者（revert）凭书面告知立即生效。",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      array =
                          @ArraySchema(
                              schema = @Schema(implementation = ClassApplicationRow.class)))))
  @PostMapping(path = "/class-applications", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport applications(@Parameter(hidden = true) InputStream body, Caller caller)
      throws IOException {
    return json.read(body, ClassApplicationRow.class)
        .map(ClassApplicationRow::application)
        .accept(rows -> apply(rows, caller));
  }

  private BatchReport apply(List<ClassApplicationRow.Application> rows, Caller caller) {
    List<RowProblem> problems = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ClassApplicationRow.Application row = rows.get(i);
      try {
        classes.apply(row.customer(), row.route(), row.materials(), caller.actor(), caller.scope());
      } catch (ApplicationRefusedException refused) {
        problems.add(new RowProblem(i + 1, refused.field(), "refused", refused.getMessage()));
      }
    }
    return new BatchReport(rows.size() - problems.size(), 0, problems);
  }
}
