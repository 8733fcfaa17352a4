package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerNames;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.rights.CorrectionRefusedException;
import io.waymark.customer.rights.Corrections;
import io.waymark.customer.rights.Erasures;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.WaymarkTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests of customers from other systems: the first of two persons is a machine. */
@WaymarkTest
class RightsApiTest {

  private static final BranchScope ALL = BranchScope.everywhere();

  @LocalServerPort int port;
  @Autowired ApiKeys keys;
  @Autowired Branches branches;
  @Autowired Customers customers;
  @Autowired CustomerNames names;
  @Autowired Corrections corrections;
  @Autowired Erasures erasures;
  @Autowired EvidenceLog evidence;
  @Autowired ObjectMapper json;

  Http http;
  String key = "";
  String ref = "";

  @BeforeEach
  void a_key_and_a_customer() {
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部")));
    http = new Http(port);
    key = keys.create("r-" + UUID.randomUUID(), Set.of("rights", "read", "ingest"), ALL, "test");
    ref = "RX" + UUID.randomUUID().toString().substring(0, 8);
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "王小明",
                LocalDate.of(1986, 5, 1),
                "SH01",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of("wechat", "wx" + ref),
                Map.of())),
        "test");
  }

  @Test
  void a_copy_is_handed_out_to_a_key_for_rights_alone() {
    HttpResponse<String> copy = post("/api/v1/rights/copies", "{\"customer\":\"%s\"}", key);
    assertThat(copy.statusCode()).isEqualTo(200);
    assertThat(copy.headers().firstValue("Content-Type")).contains("application/zip");
    String reader = keys.create("o-" + UUID.randomUUID(), Set.of("read", "ingest"), ALL, "test");
    assertThat(post("/api/v1/rights/copies", "{\"customer\":\"%s\"}", reader).statusCode())
        .isEqualTo(403);
    String elsewhere =
        keys.create("e-" + UUID.randomUUID(), Set.of("rights"), BranchScope.of("NOPE"), "test");
    assertThat(post("/api/v1/rights/copies", "{\"customer\":\"%s\"}", elsewhere).statusCode())
        .isEqualTo(404);
  }

  @Test
  void an_erasure_is_asked_for_once_and_done_by_a_person() throws IOException {
    HttpResponse<String> asked =
        post("/api/v1/rights/erasures", "{\"customer\":\"%s\",\"reason\":\"App 内申请\"}", key);
    assertThat(asked.statusCode()).isEqualTo(202);
    JsonNode request = json.readTree(asked.body());
    assertThat(request.get("status").asText()).isEqualTo("requested");
    HttpResponse<String> again =
        post("/api/v1/rights/erasures", "{\"customer\":\"%s\",\"reason\":\"再次\"}", key);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    long id = request.get("id").asLong();
    erasures.confirm(id, "officer", ALL);
    assertThat(json.readTree(get("/api/v1/rights/erasures/" + id).body()).get("status").asText())
        .isEqualTo("done");
    assertThat(get("/api/v1/rights/erasures/999999999").statusCode()).isEqualTo(404);
  }

  @Test
  void a_correction_counts_once_a_second_person_confirms() throws IOException {
    long id = correct("name", "王晓明");
    assertThat(names.clear(customers.idsOf(List.of(ref)).get(ref))).isEqualTo("王小明");
    assertThatThrownBy(() -> corrections.confirm(id, actor(id), ALL))
        .as("who asked does not confirm")
        .isInstanceOf(CorrectionRefusedException.class);
    corrections.confirm(id, "officer", ALL);
    long customer = customers.idsOf(List.of(ref)).get(ref);
    assertThat(names.clear(customer)).isEqualTo("王晓明");
    assertThat(evidence.ofCustomer(customer).stream().map(EvidenceRow::kind))
        .contains(EvidenceKind.CORRECTION_DECIDED);
    assertThat(json.readTree(get("/api/v1/rights/corrections/" + id).body()).get("status").asText())
        .isEqualTo("done");

    corrections.confirm(correct("birthDate", "1987-01-31"), "officer", ALL);
    assertThat(customers.find(ref, ALL).orElseThrow().birthDate())
        .isEqualTo(LocalDate.of(1987, 1, 31));
    corrections.confirm(correct("identity.wechat", "new" + ref), "officer", ALL);
    assertThat(customers.idsOf(List.of("wechat:new" + ref, "wechat:wx" + ref)))
        .containsOnlyKeys("wechat:new" + ref);
    long declined = correct("name", "另一人");
    corrections.decline(declined, "officer", ALL);
    assertThat(names.clear(customer)).isEqualTo("王晓明");
  }

  @Test
  void a_request_that_cannot_be_names_its_field() throws IOException {
    assertThat(
            problem(
                "{\"customer\":\"%s\",\"field\":\"birthDate\",\"value\":\"x\",\"reason\":\"y\"}"))
        .isEqualTo("400 value");
    assertThat(
            problem(
                "{\"customer\":\"%s\",\"field\":\"identity.mobile\",\"value\":\"1\",\"reason\":\"y\"}"))
        .isEqualTo("400 value");
    assertThat(problem("{\"customer\":\"%s\",\"field\":\"name\",\"reason\":\"y\"}"))
        .isEqualTo("400 value");
    assertThat(
            problem("{\"customer\":\"no%s\",\"field\":\"name\",\"value\":\"x\",\"reason\":\"y\"}"))
        .isEqualTo("404 customer");
    assertThat(problem("{\"field\":\"name\",\"value\":\"x\",\"reason\":\"y\"}"))
        .isEqualTo("400 customer");
  }

  @Test
  void the_matrix_tells_every_cell_and_unknown_is_said() throws IOException {
    JsonNode matrix = json.readTree(get("/api/v1/customers/" + ref + "/consents").body());
    assertThat(matrix.get("cells")).hasSize(72);
    assertThat(matrix.at("/cells/0/state").asText()).isEqualToIgnoringCase("unknown");
    assertThat(get("/api/v1/customers/no" + ref + "/consents").statusCode()).isEqualTo(404);
  }

  @Test
  void identities_are_taken_row_by_row() throws IOException {
    JsonNode report =
        json.readTree(
            post(
                    "/api/v1/identities",
                    "[{\"customer\":\"%1$s\",\"type\":\"device\",\"value\":\"d%1$s\"},"
                        + "{\"customer\":\"%1$s\",\"type\":\"mobile\",\"value\":\"1\"},"
                        + "{\"customer\":\"%1$s\",\"type\":\"email\"}]",
                    key)
                .body());
    assertThat(report.get("accepted").asInt()).as(report.toString()).isEqualTo(1);
    assertThat(report.get("problems")).hasSize(2);
    assertThat(customers.idsOf(List.of("device:d" + ref))).hasSize(1);
  }

  private long correct(String field, String value) throws IOException {
    HttpResponse<String> answer =
        post(
            "/api/v1/rights/corrections",
            "{\"customer\":\"%%s\",\"field\":\"%s\",\"value\":\"%s\",\"reason\":\"出示证件\"}"
                .formatted(field, value),
            key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body()).get("id").asLong();
  }

  private String actor(long id) {
    return corrections.find(id, ALL).orElseThrow().requestedBy();
  }

  private String problem(String body) throws IOException {
    HttpResponse<String> answer = post("/api/v1/rights/corrections", body, key);
    return answer.statusCode() + " " + json.readTree(answer.body()).path("field").asText();
  }

  private HttpResponse<String> post(String path, String body, String with) {
    return http.json(path, body.formatted(ref), "X-Api-Key", with);
  }

  private HttpResponse<String> get(String path) {
    return http.get(path, "X-Api-Key", key);
  }
}
