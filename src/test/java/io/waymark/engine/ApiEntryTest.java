package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Another system asks customers into a journey, once however often it calls. */
@WithTravellers
class ApiEntryTest {

  @LocalServerPort int port;
  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Audiences audiences;
  @Autowired ApiKeys keys;
  @Autowired Branches branches;
  @Autowired ObjectMapper json;

  private String key;

  @BeforeEach
  void a_caller() {
    travellers.open();
    travellers.settle();
    key = key(BranchScope.everywhere());
  }

  private String key(BranchScope scope) {
    return keys.create("crm " + UUID.randomUUID(), Set.of("ingest"), scope, "test");
  }

  private static Sketch asked() {
    return Sketch.of("api").byApi().awaits("Wait", "test.a").way("Wait");
  }

  @Test
  void who_is_asked_in_enters_once_however_often_the_call_is_repeated() throws Exception {
    Sketch sketch = asked();
    sketch.publish(deployments, versions);
    Traveller one = travellers.somebody();

    assertThat(report(sketch, row(one.ref(), "crm-1"))).isEqualTo("1 0 []");
    assertThat(report(sketch, row(one.ref(), "crm-1"))).isEqualTo("0 1 []");
    assertThat(report(sketch, row(one.ref(), "crm-2") + "," + row(one.ref(), "crm-2")))
        .as("twice in one call")
        .isEqualTo("1 1 []");
    travellers.settle();
    one.standsAt("Wait");
    assertThat(travellers.participations(one.id())).as("he is in already").hasSize(1);

    one.does("test.a").left("completed");
    assertThat(report(sketch, row(one.ref(), "crm-1"))).isEqualTo("0 1 []");
    travellers.settle();
    assertThat(travellers.participations(one.id())).hasSize(1);
  }

  @Test
  void a_bad_row_is_named_and_the_good_ones_are_kept() throws Exception {
    Sketch sketch = asked();
    sketch.publish(deployments, versions);
    Traveller one = travellers.somebody();

    assertThat(
            report(
                sketch,
                row("nobody-at-all", "crm-1")
                    + ",{\"customer\":\"x\"},"
                    + row(one.ref(), "bad id")
                    + ","
                    + row(one.ref(), "crm-1")))
        .isEqualTo(
            "1 0 [1 customer unknown_customer, 2 requestId missing_field, 3 requestId"
                + " invalid_value]");
    branches.saveAll(List.of(new Branch("TR09", "另一家营业部")));
    key = key(BranchScope.of("TR09"));
    assertThat(report(sketch, row(one.ref(), "crm-9")))
        .as("a customer of another branch is not known")
        .isEqualTo("0 0 [1 customer unknown_customer]");
  }

  @Test
  void only_members_of_the_entry_filter_are_let_in() throws Exception {
    String mark = "m" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    audiences.save(
        new AudienceDraft(
            "api-" + mark, "点名人群", "tag enrol_run = '" + mark + "'", Purpose.SERVICE, null),
        "author");
    Sketch sketch = asked().set("entryFilter", "api-" + mark);
    sketch.publish(deployments, versions);
    Traveller member = travellers.somebody().tagged("enrol_run", mark);
    Traveller other = travellers.somebody();

    assertThat(report(sketch, row(member.ref(), "a") + "," + row(other.ref(), "b")))
        .isEqualTo("1 0 [2 customer not_in_audience]");
    travellers.settle();
    member.standsAt("Wait");
    assertThat(travellers.participations(other.id())).isEmpty();
  }

  @Test
  void a_journey_that_is_entered_otherwise_or_is_not_live_is_not_found() throws Exception {
    Sketch byEvent = Sketch.of("api").awaits("Wait", "test.a").way("Wait");
    byEvent.publish(deployments, versions);
    Sketch draft = asked();
    draft.deploy(deployments, versions);
    for (String journey : List.of(byEvent.key(), draft.key(), "no-such-journey")) {
      HttpResponse<String> answer = post(journey, row("x", "1"));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(json.readTree(answer.body()).get("code").asText()).isEqualTo("unknown_journey");
    }
  }

  @Test
  void who_is_asked_in_while_the_journey_is_paused_waits_for_it() throws Exception {
    Sketch sketch = asked();
    JourneyVersion version = sketch.publish(deployments, versions);
    versions.pause(version.id(), "author");
    Traveller one = travellers.somebody();
    assertThat(report(sketch, row(one.ref(), "crm-1"))).isEqualTo("1 0 []");
    travellers.settle();
    assertThat(travellers.participations(one.id())).isEmpty();

    versions.resume(version.id(), "author");
    travellers.settle();
    one.standsAt("Wait");
  }

  private static String row(String customer, String request) {
    return "{\"customer\":\"%s\",\"requestId\":\"%s\"}".formatted(customer, request);
  }

  private String report(Sketch sketch, String rows) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(sketch.key(), rows);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode report = json.readTree(answer.body());
    List<String> problems = new ArrayList<>();
    for (JsonNode one : report.get("problems")) {
      problems.add(
          "%d %s %s"
              .formatted(
                  one.get("position").asInt(),
                  one.get("field").asText(),
                  one.get("code").asText()));
    }
    return report.get("accepted").asInt() + " " + report.get("duplicates").asInt() + " " + problems;
  }

  private HttpResponse<String> post(String journey, String rows)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://localhost:%d/api/v1/journeys/%s/entries".formatted(port, journey)))
                .header("Content-Type", "application/json")
                .header("X-Api-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("[" + rows + "]"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
