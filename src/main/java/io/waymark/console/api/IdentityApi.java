package io.waymark.console.api;

import static io.waymark.console.api.Fields.required;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waymark.console.security.Caller;
import io.waymark.customer.IdentityStatement;
import io.waymark.customer.IdentityStatements;
import io.waymark.platform.BatchReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Identities of known customers, from the systems that learn them. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "intake")
class IdentityApi {

  private final JsonRows json;
  private final OwnBranches branches;
  private final IdentityStatements statements;

  IdentityApi(JsonRows json, OwnBranches branches, IdentityStatements statements) {
    this.json = json;
    this.branches = branches;
    this.statements = statements;
  }

  @Operation(
      summary = "提交客户标识",
      description = "为已知客户增加标识，原有的保持不变。两个客户号登记了同一标识时，按身份识别规则合并或交人判断。",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      array = @ArraySchema(schema = @Schema(implementation = IdentityRow.class)))))
  @PostMapping(path = "/identities", consumes = MediaType.APPLICATION_JSON_VALUE)
  BatchReport identities(@Parameter(hidden = true) InputStream body, Caller caller)
      throws IOException {
    Rows<IdentityStatement> rows = json.read(body, IdentityRow.class).map(IdentityRow::statement);
    return branches
        .within(rows, IdentityStatement::customer, caller.scope())
        .accept(good -> statements.state(placed(good), caller.actor()));
  }

  private static List<IdentityStatement> placed(List<IdentityStatement> rows) {
    List<IdentityStatement> placed = new ArrayList<>();
    for (IdentityStatement row : rows) {
      placed.add(new IdentityStatement(placed.size() + 1, row.customer(), row.type(), row.value()));
    }
    return placed;
  }

  /** One identity of one customer. */
  @Schema(
      name = "Identity",
      requiredProperties = {"customer", "type", "value"})
  record IdentityRow(
      @Schema(description = "客户号，或 类型:值 形式的标识", example = "80010023") @Nullable String customer,
      @Schema(description = "标识类型", example = "wechat") @Nullable String type,
      @Schema(description = "标识的值，加密保存", example = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M")
          @Nullable String value) {

    IdentityStatement statement() {
      return new IdentityStatement(
          0, required("customer", customer), required("type", type), required("value", value));
    }
  }
}
