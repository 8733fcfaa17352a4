package io.waymark.console.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.waymark.console.security.Caller;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ProblemDetail;

/** What the OpenAPI document says besides the operations. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  private static final String KEY = "apiKey";

  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
  }

  @Bean
  OpenAPI waymarkApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Waymark 路标 API")
                .version("v1")
                .description("数据接入与客户查询。密钥由管理员在控制台“接口密钥”中创建，放在请求头 X-Api-Key 中。"))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("X-Api-Key")))
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }

  /** Every operation can be refused, always in the same form. */
  @Bean
  OpenApiCustomizer everyOperationCanBeRefused() {
    return api -> {
      api.getComponents().addSchemas("Problem", problem());
      api.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .forEach(operation -> operation.getResponses().addApiResponse("default", refusal()));
    };
  }

  private static ApiResponse refusal() {
    return new ApiResponse()
        .description("拒绝或失败（RFC 9457），detail 为中文说明，code 为固定代码")
        .content(
            new Content()
                .addMediaType(
                    org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                    new MediaType().schema(new Schema<ProblemDetail>().$ref("Problem"))));
  }

  private static Schema<?> problem() {
    Schema<ProblemDetail> problem = new Schema<>();
    problem.setType("object");
    problem.setProperties(
        Map.of(
            "type", new Schema<String>().type("string"),
            "title", new Schema<String>().type("string"),
            "status", new Schema<Integer>().type("integer"),
            "detail", new Schema<String>().type("string"),
            "code", new Schema<String>().type("string"),
            "field", new Schema<String>().type("string")));
    problem.setRequired(List.of("title", "status", "detail", "code"));
    return problem;
  }
}
