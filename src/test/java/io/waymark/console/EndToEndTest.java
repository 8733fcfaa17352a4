package io.waymark.console;

import static io.waymark.console.RunningApplication.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.Secret;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.SimulatorSettings;
import io.waymark.channel.simulator.SmsSimulator;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The way through as its user goes it: the application in a process of its own, everything over
 * HTTP, the text-message provider in this process so that its ledger survives when the application
 * is killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {

  private static final String PASSWORD = "waymark-demo";
  private static final JsonMapper JSON = new JsonMapper();

  private final Clock clock = Clock.system(ZoneId.of("Asia/Shanghai"));
  private RunningApplication application;
  private SmsSimulator sms;
  private Http api;
  private String key;

  @BeforeAll
  void start() {
    Secret secret = new Secret("end-to-end-secret-of-the-text-provider");
    SimulatorSettings settings =
        new SimulatorSettings(
            true,
            "127.0.0.1",
            null,
            secret,
            1,
            20_000,
            new SimulatorSettings.Peer(0, Misbehaviour.none()),
            new SimulatorSettings.MailPeer(0, 0, Misbehaviour.none()),
            new SimulatorSettings.Peer(0, Misbehaviour.none()),
            java.util.Map.of());
    sms =
        new SmsSimulator(
            settings,
            secret,
            () -> Optional.of(URI.create("http://localhost:" + application.port())),
            clock);
    sms.start();
    application =
        new RunningApplication(
            Path.of("target", "end-to-end", Long.toString(clock.millis(), 36)),
            List.of(
                "--waymark.demo.customers=40",
                "--waymark.demo.pause=1d",
                // What was in flight when it was killed is asked after sooner than in production.
                "--waymark.contact.sending-timeout=20s",
                "--waymark.contact.query-every=2s",
                "--waymark.contact.unknown-patience=15s",
                "--waymark.simulator.sms.port=0",
                "--waymark.simulator.mail.port=0",
                "--waymark.simulator.mail.page-port=0",
                "--waymark.simulator.vendors.aliyun.port=0",
                "--waymark.simulator.vendors.tencent.port=0",
                "--waymark.simulator.vendors.smpp.port=0",
                "--waymark.simulator.vendors.wechat.port=0",
                "--waymark.simulator.vendors.wecom.port=0",
                "--waymark.simulator.vendors.jpush.port=0",
                "--waymark.simulator.webhook.port=0",
                "--waymark.channel.sms.url=" + sms.endpoint().uri(),
                "--waymark.channel.sms.key=" + sms.endpoint().key(),
                "--waymark.channel.sms.secret=end-to-end-secret-of-the-text-provider"));
    application.start();
    api = new Http(application.port());
    key = createKey();
  }

  @AfterAll
  void stop() {
    application.close();
    sms.stop();
  }

  private String createKey() {
    Http admin = new Http(application.port());
    admin.signIn("admin", PASSWORD);
    String page =
        admin
            .post(
                "/keys",
                "application/x-www-form-urlencoded",
                "name=e2e&scopes=ingest&scopes=read&_csrf=" + admin.token("/keys"))
            .body();
    var shown = java.util.regex.Pattern.compile("wmk?_[A-Za-z0-9_-]{20,}").matcher(page);
    assertThat(shown.find()).as("the key is shown once: %s", page).isTrue();
    return shown.group();
  }

  private JsonNode accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      return JSON.readTree(answer.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private JsonNode post(String path, Object body) {
    try {
      return accepted(api.json(path, JSON.writeValueAsString(body), "X-Api-Key", key));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private String timeline(String ref) {
    JsonNode lines =
        accepted(api.get("/api/v1/customers/" + ref + "/timeline", "X-Api-Key", key))
            .path("entries");
    return IntStream.range(0, lines.size())
        .mapToObj(line -> lines.get(line).path("title").asText())
        .collect(Collectors.joining("\n"));
  }

  private void importCustomers(List<String> refs) {
    String rows =
        refs.stream()
            .map(
                ref ->
                    ref
                        + ",王小明,1988-05-01,SH01,ordinary,normal,138"
                        + String.format("%08d", Math.abs(ref.hashCode()) % 100_000_000)
                        + ","
                        + ref
                        + "@example.com,mature,60")
            .collect(Collectors.joining("\n"));
    JsonNode report =
        accepted(
            api.post(
                "/api/v1/customers",
                "text/csv",
                "ref,name,birthDate,branch,customerClass,legalStatus,identity.mobile,identity.email,tag.experience,tag.trading_months\n"
                    + rows,
                "X-Api-Key",
                key));
    assertThat(report.path("accepted").asInt()).as(report.toString()).isEqualTo(refs.size());
  }

  private void consent(List<String> refs, String state) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String ref : refs) {
      for (String purpose : List.of("service", "education", "product_marketing")) {
        for (String channel : List.of("sms", "email", "in_app")) {
          rows.add(
              Map.of(
                  "customer", ref,
                  "purpose", purpose,
                  "channel", channel,
                  "state", state,
                  "source", "app",
                  "textVersion", "2026-01",
                  "at", OffsetDateTime.now(clock).minusDays(1).toString()));
        }
      }
    }
    post("/api/v1/consents", rows);
  }

  private void event(String ref, String type) {
    JsonNode report = post("/api/v1/events", List.of(eventOf(ref, type)));
    assertThat(report.path("problems")).as(report.toString()).isEmpty();
  }

  private Map<String, Object> eventOf(String ref, String type) {
    return Map.of(
        "eventId",
        ref + "-" + type,
        "customer",
        ref,
        "type",
        type,
        "occurredAt",
        OffsetDateTime.now(clock).toString());
  }

  /** As if the days until then had passed: the customer's timer is due now. */
  private void timeComes(String ref, String timer) {
    String instance = "%:" + participation(ref);
    await(
        "timer " + timer,
        () -> {
          try (Connection database = application.database();
              PreparedStatement due =
                  database.prepareStatement(
                      """
                      update act_ru_job j set duedate_ = now()
                        from act_ru_jobdef d, act_ru_execution e
                       where d.id_ = j.job_def_id_ and d.act_id_ = ?
                         and e.id_ = j.process_instance_id_ and e.business_key_ like ?
                      """)) {
            due.setString(1, timer);
            due.setString(2, instance);
            return due.executeUpdate() == 1;
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
  }

  private String participation(String ref) {
    JsonNode lines =
        accepted(api.get("/api/v1/customers/" + ref + "/timeline?kind=journey", "X-Api-Key", key))
            .path("entries");
    return lines.get(0).path("details").path("participation").asText();
  }

  @Test
  @Order(1)
  void a_customer_imported_by_csv_goes_from_opening_the_account_through_the_advisor_to_the_goal() {
    String ref = "E2E0001";
    importCustomers(List.of(ref));
    consent(List.of(ref), "granted");

    event(ref, "account.opened");
    await("the welcome", () -> timeline(ref).contains("已送达"));
    assertThat(timeline(ref)).contains("进入旅程「新客户开户引导」");
    assertThat(sms.ledger()).isNotEmpty();

    event(ref, "account.step_abandoned");
    timeComes(ref, "Timer_Resume");
    JsonNode task = taskOf(ref);
    Http advisor = new Http(application.port());
    advisor.signIn(task.path("person").asText(), PASSWORD);
    String page = "/tasks/" + task.path("taskId").asText();
    HttpResponse<String> done =
        advisor.form(
            page + "/complete",
            Map.of("outcome", "will_fund", "note", "客户表示本周入金", "_csrf", advisor.token(page)));
    assertThat(done.statusCode()).as(done.body()).isBetween(200, 303);

    event(ref, "account.funded");
    await("the goal", () -> timeline(ref).contains("达成目标"));
    assertThat(timeline(ref)).doesNotContain("客户表示本周入金");
  }

  private JsonNode taskOf(String ref) {
    List<JsonNode> found = new ArrayList<>();
    await(
        "the advisor's task",
        () -> {
          JsonNode lines =
              accepted(
                      api.get("/api/v1/customers/" + ref + "/timeline?kind=task", "X-Api-Key", key))
                  .path("entries");
          lines.forEach(line -> found.add(line.path("details")));
          return !found.isEmpty();
        });
    return found.get(0);
  }

  @Test
  @Order(2)
  void a_customer_who_refused_is_withheld_and_the_timeline_says_why() {
    String ref = "E2E0002";
    importCustomers(List.of(ref));
    consent(List.of(ref), "refused");
    int before = sms.ledger().size();

    event(ref, "account.opened");

    await("the verdict", () -> timeline(ref).contains("离开旅程"));
    assertThat(timeline(ref)).contains("拒绝");
    assertThat(sms.ledger()).hasSize(before);
  }

  @Test
  @Order(3)
  void killed_in_the_middle_it_loses_nothing_and_sends_nothing_twice() {
    List<String> refs =
        IntStream.range(0, 120).mapToObj(n -> String.format("E2EK%04d", n)).toList();
    importCustomers(refs);
    consent(refs, "granted");
    int before = sms.ledger().size();

    post("/api/v1/events", refs.stream().map(ref -> eventOf(ref, "account.opened")).toList());
    await("some messages to be out", () -> sms.ledger().size() >= before + 20);
    application.kill();
    int atDeath = sms.ledger().size() - before;
    application.start();
    // Whoever is not sure that the first time arrived delivers again.
    post("/api/v1/events", refs.stream().map(ref -> eventOf(ref, "account.opened")).toList());

    await(
        "everybody to be welcomed",
        () -> refs.stream().allMatch(ref -> welcomes(ref) + unresolved(ref) >= 1));
    assertThat(atDeath).as("killed in the middle").isBetween(1, refs.size() * 2);
    for (String ref : refs) {
      assertThat(entries(ref)).as(timeline(ref)).isEqualTo(1);
      assertThat(welcomes(ref)).as(timeline(ref)).isLessThanOrEqualTo(1);
    }
    assertThat(sms.ledger()).extracting(LedgerLine::arrivals).containsOnly(1);
  }

  private long welcomes(String ref) {
    String mobile = "138" + String.format("%08d", Math.abs(ref.hashCode()) % 100_000_000);
    return sms.ledger().stream()
        .filter(line -> line.address().equals(mobile) && line.text().contains("账户已开立"))
        .count();
  }

  /** A message whose fate the crash left open is never sent again; it must say so instead. */
  private long unresolved(String ref) {
    return timeline(ref).lines().filter(line -> line.contains("未知")).count();
  }

  private long entries(String ref) {
    return timeline(ref).lines().filter(line -> line.startsWith("进入旅程「新客户开户引导」")).count();
  }
}
