package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.customer.Customers;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.product.Products;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WaymarkTest
class PublicApiTest {

  @LocalServerPort int port;
  @Autowired ApiKeys keys;
  @Autowired Branches branches;
  @Autowired Customers customers;
  @Autowired Products products;
  @Autowired ObjectMapper json;

  Http http;
  String key;
  String ref;

  @BeforeEach
  void make_a_key_and_branches() {
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部"), new Branch("BJ02", "北京金融街营业部")));
    http = new Http(port);
    key = key(BranchScope.everywhere());
    ref = "A" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void good_rows_are_kept_and_each_bad_row_is_named_where_it_was_sent() throws IOException {
    JsonNode report =
        report(
            post(
                "/api/v1/customers",
                """
                [{"ref":"%1$s-1","name":"王小明","branch":"SH01","customerClass":"ordinary","legalStatus":"normal"},
                 {"ref":"%1$s-2","branch":"SH01","customerClass":"ordinary","legalStatus":"normal"},
                 {"ref":"%1$s-3","name":"李四","branch":"SH01","customerClass":"ordinary","legalStatus":"normal","birthDate":"1/5/1988"},
                 {"ref":"%1$s-4","name":"李四","branch":"NOPE","customerClass":"ordinary","legalStatus":"normal"},
                 {"ref":"%1$s-5","name":"李四","branch":"SH01","customerClass":"ordinary","legalStatus":"normal","colour":"red"},
                 17,
                 {"ref":"%1$s-7","name":"赵七","branch":"BJ02","customerClass":"professional","legalStatus":"normal"}]
                """
                    .formatted(ref)));

    assertThat(report.get("accepted").asInt()).isEqualTo(2);
    assertThat(problems(report))
        .containsExactly(
            "2 name missing_field",
            "3 birthDate invalid_value",
            "4 branch unknown_branch",
            "5 colour unknown_field",
            "6  not_an_object");
    assertThat(report.at("/problems/1/message").asText()).contains("2026-11-22");
    assertThat(customers.find(ref + "-7", BranchScope.everywhere())).isPresent();
  }

  @Test
  void broken_json_says_where_and_takes_nothing() throws IOException {
    HttpResponse<String> answer =
        post(
            "/api/v1/customers",
            "[{\"ref\":\"%s\",\"name\":\"王\",\"branch\":\"SH01\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\"},\n {\"ref\": }]"
                .formatted(ref));

    JsonNode problem = json.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(problem.get("code").asText()).isEqualTo("malformed_json");
    assertThat(problem.get("line").asInt()).isEqualTo(2);
    assertThat(problem.get("detail").asText()).contains("第 2 行");
    assertThat(customers.find(ref, BranchScope.everywhere())).isEmpty();
  }

  @Test
  void more_than_the_limit_is_refused_whole() throws IOException {
    String rows =
        IntStream.rangeClosed(1, 5_001)
            .mapToObj(
                i ->
                    "{\"ref\":\"%s-%d\",\"name\":\"王\",\"branch\":\"SH01\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\"}"
                        .formatted(ref, i))
            .collect(Collectors.joining(",", "[", "]"));

    HttpResponse<String> answer = post("/api/v1/customers", rows);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(json.readTree(answer.body()).get("detail").asText()).contains("5000").contains("分批");
    assertThat(customers.find(ref + "-1", BranchScope.everywhere())).isEmpty();
  }

  @Test
  void a_spreadsheet_in_gb18030_is_understood() throws Exception {
    String csv =
        "ref,name,birthDate,branch,customerClass,legalStatus,identity.mobile,tag.tier\n"
            + ref
            + "-1,王小明,1988-05-01,SH01,普通,正常,13812341234,growth\n"
            + ref
            + "-2,李四,明天,SH01,普通,正常,,\n";

    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/customers"))
                    .header("Content-Type", "text/csv")
                    .header("X-Api-Key", key)
                    .POST(
                        HttpRequest.BodyPublishers.ofByteArray(
                            csv.getBytes(Charset.forName("GB18030"))))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    JsonNode report = report(answer);
    assertThat(report.get("accepted").asInt()).as(report.toString()).isEqualTo(1);
    assertThat(problems(report)).singleElement().asString().startsWith("2 birthDate");
    var customer = customers.find(ref + "-1", BranchScope.everywhere()).orElseThrow();
    assertThat(customer.maskedName()).startsWith("王").doesNotContain("小明");
    assertThat(customer.tags()).containsEntry("tier", "growth");
  }

  @Test
  void a_csv_file_is_taken_as_an_upload() throws IOException {
    String boundary = "x" + UUID.randomUUID();
    String body =
        "--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"c.csv\"\r\nContent-Type: text/csv\r\n\r\nref,name,branch,customerClass,legalStatus\n%2$s,王小明,SH01,ordinary,normal\n\r\n--%1$s--\r\n"
            .formatted(boundary, ref);

    JsonNode report =
        report(
            http.post(
                "/api/v1/customers",
                "multipart/form-data; boundary=" + boundary,
                body,
                "X-Api-Key",
                key));

    assertThat(report.get("accepted").asInt()).as(report.toString()).isEqualTo(1);
  }

  @Test
  void an_event_is_taken_once_by_any_identity_and_told_in_the_timeline() throws IOException {
    post(
        "/api/v1/customers",
        "[{\"ref\":\"%s\",\"name\":\"王小明\",\"branch\":\"SH01\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\",\"identities\":{\"fund_account\":\"F%s\"}}]"
            .formatted(ref, ref));
    String event =
        "[{\"eventId\":\"e-%1$s\",\"customer\":\"fund_account:F%1$s\",\"type\":\"account.opened\",\"occurredAt\":\"2026-11-22T09:30:00+08:00\"}]"
            .formatted(ref);

    JsonNode first = report(post("/api/v1/events", event));
    JsonNode again = report(post("/api/v1/events", event));
    JsonNode timeline =
        json.readTree(http.get("/api/v1/customers/" + ref + "/timeline", "X-Api-Key", key).body());

    assertThat(first.get("accepted").asInt()).isEqualTo(1);
    assertThat(again.get("accepted").asInt()).isZero();
    assertThat(again.get("duplicates").asInt()).isEqualTo(1);
    assertThat(timeline.at("/customer").asText()).isEqualTo(ref);
    assertThat(timeline.at("/entries").findValuesAsText("title")).contains("account.opened");
  }

  @Test
  void the_gate_says_why_a_text_may_not_go_to_a_customer() throws IOException {
    post(
        "/api/v1/customers",
        "[{\"ref\":\"%s\",\"name\":\"王小明\",\"branch\":\"SH01\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\"}]"
            .formatted(ref));
    JsonNode check =
        json.readTree(
            http.get(
                    "/api/v1/customers/" + ref + "/contact-check?template=no-such-text",
                    "X-Api-Key",
                    key)
                .body());

    assertThat(check.at("/verdict").asText()).isEqualTo("withheld");
    assertThat(check.at("/sentence").asText()).startsWith("现在不能触达：");
    assertThat(check.at("/gates").findValuesAsText("title")).contains("客户状态", "同意", "触达频次", "内容审批");
    assertThat(check.at("/gates").findValuesAsText("reason")).contains("content_not_approved");
    assertThat(
            http.get(
                    "/api/v1/customers/nobody/contact-check?template=no-such-text",
                    "X-Api-Key",
                    key)
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void consents_assessments_and_products_come_in() throws IOException {
    post(
        "/api/v1/customers",
        "[{\"ref\":\"%s\",\"name\":\"王\",\"branch\":\"SH01\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\"}]"
            .formatted(ref));

    JsonNode consents =
        report(
            post(
                "/api/v1/consents",
                """
                [{"customer":"%1$s","purpose":"product_marketing","channel":"sms","state":"granted","source":"app","textVersion":"1","at":"2026-11-20T09:00:00+08:00"},
                 {"customer":"%1$s","purpose":"product_marketing","channel":"sms","state":"granted","source":"app","at":"2026-11-20T09:00:00+08:00"},
                 {"customer":"%1$s","purpose":"gossip","channel":"sms","state":"granted","source":"app","textVersion":"1","at":"2026-11-20T09:00:00+08:00"}]
                """
                    .formatted(ref)));
    JsonNode assessments =
        report(
            post(
                "/api/v1/assessments",
                "[{\"customer\":\"%s\",\"level\":\"C3\",\"assessedAt\":\"2026-11-01T00:00:00Z\",\"expiresAt\":\"2028-11-01T00:00:00Z\",\"objective\":\"growth\"}]"
                    .formatted(ref)));
    JsonNode catalogue =
        report(
            post(
                "/api/v1/products",
                "[{\"code\":\"%s\",\"name\":\"稳健债基\",\"type\":\"bond_fund\",\"managerRisk\":\"R2\",\"brokerRisk\":\"R3\",\"manager\":\"某基金\",\"objective\":\"income\",\"status\":\"on_sale\"}]"
                    .formatted(ref)));

    assertThat(consents.get("accepted").asInt()).isEqualTo(1);
    assertThat(problems(consents))
        .containsExactly("2 textVersion missing_field", "3 purpose invalid_value");
    assertThat(consents.at("/problems/1/message").asText()).contains("product_marketing");
    assertThat(assessments.get("accepted").asInt()).isEqualTo(1);
    assertThat(catalogue.get("accepted").asInt()).isEqualTo(1);
    assertThat(products.find(ref)).isPresent();
  }

  @Test
  void a_key_of_one_branch_neither_writes_nor_learns_of_another() throws IOException {
    post(
        "/api/v1/customers",
        "[{\"ref\":\"%s\",\"name\":\"王\",\"branch\":\"BJ02\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\"}]"
            .formatted(ref));
    key = key(BranchScope.of("SH01"));

    JsonNode moved =
        report(
            post(
                "/api/v1/customers",
                "[{\"ref\":\"%1$s\",\"name\":\"王\",\"branch\":\"SH01\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\"},{\"ref\":\"%1$s-2\",\"name\":\"王\",\"branch\":\"BJ02\",\"customerClass\":\"ordinary\",\"legalStatus\":\"normal\"}]"
                    .formatted(ref)));
    JsonNode event =
        report(
            post(
                "/api/v1/events",
                "[{\"eventId\":\"x-%1$s\",\"customer\":\"%1$s\",\"type\":\"login\",\"occurredAt\":\"2026-11-22T09:30:00+08:00\"}]"
                    .formatted(ref)));
    HttpResponse<String> timeline =
        http.get("/api/v1/customers/" + ref + "/timeline", "X-Api-Key", key);
    HttpResponse<String> catalogue = post("/api/v1/products", "[]");

    assertThat(moved.get("accepted").asInt()).isZero();
    assertThat(problems(moved))
        .containsExactly("1 customer unknown_customer", "2 branch branch_out_of_scope");
    assertThat(problems(event)).containsExactly("1 customer unknown_customer");
    assertThat(timeline.statusCode()).isEqualTo(404);
    assertThat(catalogue.statusCode()).isEqualTo(403);
    assertThat(customers.find(ref, BranchScope.everywhere()).orElseThrow().branch())
        .isEqualTo("BJ02");
  }

  @Test
  void a_wrong_type_a_wrong_method_and_a_wrong_time_are_refused_in_the_same_form()
      throws IOException {
    for (HttpResponse<String> answer :
        List.of(
            http.post("/api/v1/events", "text/plain", "x", "X-Api-Key", key),
            http.get("/api/v1/events", "X-Api-Key", key),
            http.get("/api/v1/customers/x/timeline?from=yesterday", "X-Api-Key", key),
            post("/api/v1/nothing", "[]"),
            post("/api/v1/events", "{}"))) {
      JsonNode problem = json.readTree(answer.body());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
      assertThat(problem.get("detail").asText())
          .as(answer.body())
          .matches("(?s).*[\\u4e00-\\u9fff].*");
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
    }
  }

  @Test
  void the_description_names_every_operation_its_rows_and_the_key() throws IOException {
    JsonNode api = json.readTree(http.get("/v3/api-docs", "X-Api-Key", key).body());

    assertThat(api.get("paths").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "/api/v1/customers",
            "/api/v1/events",
            "/api/v1/consents",
            "/api/v1/assessments",
            "/api/v1/class-applications",
            "/api/v1/products",
            "/api/v1/customers/{ref}/timeline",
            "/api/v1/customers/{ref}/contact-check",
            "/api/v1/audiences",
            "/api/v1/audiences/count",
            "/api/v1/audiences/{code}",
            "/api/v1/audiences/{code}/members",
            "/api/v1/audiences/{code}/explain",
            "/api/v1/audiences/{code}/count",
            "/api/v1/slots/{slot}",
            "/api/v1/journeys/{key}/entries",
            "/api/v1/imports",
            "/api/v1/imports/{id}",
            "/api/v1/imports/{id}/problems",
            "/api/v1/imports/{id}/cancel",
            "/api/v1/identities",
            "/api/v1/customers/{ref}/consents",
            "/api/v1/rights/copies",
            "/api/v1/rights/erasures",
            "/api/v1/rights/erasures/{id}",
            "/api/v1/rights/corrections",
            "/api/v1/rights/corrections/{id}");
    assertThat(api.at("/paths/~1api~1v1~1customers/post/requestBody/content").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder("application/json", "text/csv", "multipart/form-data");
    assertThat(api.at("/components/securitySchemes/apiKey/name").asText()).isEqualTo("X-Api-Key");
    assertThat(api.at("/components/schemas/Customer/properties/branch/description").asText())
        .as(api.at("/components/schemas").toPrettyString())
        .isNotEmpty();
    assertThat(api.at("/components/schemas/Customer/required").toString())
        .contains("ref", "branch");
    assertThat(api.findValuesAsText("name")).doesNotContain("caller", "body");
  }

  private String key(BranchScope scope) {
    return keys.create("api " + UUID.randomUUID(), Set.of("ingest", "read"), scope, "test");
  }

  private HttpResponse<String> post(String path, String body) {
    return http.json(path, body, "X-Api-Key", key);
  }

  private JsonNode report(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private static List<String> problems(JsonNode report) {
    return IntStream.range(0, report.get("problems").size())
        .mapToObj(i -> report.get("problems").get(i))
        .map(
            p ->
                p.get("position").asText()
                    + " "
                    + p.get("field").asText()
                    + " "
                    + p.get("code").asText())
        .toList();
  }
}
