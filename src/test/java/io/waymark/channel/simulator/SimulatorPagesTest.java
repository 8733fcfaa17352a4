package io.waymark.channel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.channel.RequestSignature;
import io.waymark.channel.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorPagesTest {

  private static final Secret SECRET = new Secret("known");
  private static final Clock CLOCK = Clock.systemUTC();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SmsSimulator peer = new SmsSimulator(settings(), SECRET, Optional::empty, CLOCK);

  @BeforeEach
  void start() {
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void the_page_lists_what_arrived_newest_first_with_masked_addresses_and_no_live_markup()
      throws Exception {
    send("13800001234", "第一条");
    send("13900005678", "<script>第二条</script>");

    HttpResponse<String> page = get("/");

    assertThat(page.body())
        .contains("<title>模拟短信服务商</title>", "138****1234", "139****5678", "第一条")
        .contains("&lt;script&gt;第二条&lt;/script&gt;")
        .doesNotContain("13800001234", "<script>");
    assertThat(page.body().indexOf("第二条")).isLessThan(page.body().indexOf("第一条"));
    assertThat(page.headers().firstValue("content-security-policy")).isPresent();
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  void an_empty_page_says_what_will_be_there() throws Exception {
    assertThat(get("/").body()).contains("还没有收到消息");
  }

  @Test
  void the_ledger_is_readable_by_machines_and_forgets_the_oldest() throws Exception {
    for (int i = 0; i < 5; i++) {
      send("1380000000" + i, "text");
    }
    JsonNode ledger = new JsonMapper().readTree(get("/ledger").body());

    assertThat(ledger.path("taken").asInt()).isEqualTo(5);
    assertThat(ledger.path("messages")).hasSize(3);
    assertThat(ledger.path("messages").get(0).path("address").asText()).isEqualTo("138****0004");
  }

  @Test
  void control_changes_one_thing_and_leaves_the_others() throws Exception {
    assertThat(control("application/json", "{\"errorRate\": 1, \"latencyMillis\": 1}").statusCode())
        .isEqualTo(200);
    assertThat(send("13800001234", "text")).isEqualTo(503);
    JsonNode now = new JsonMapper().readTree(get("/control").body());
    assertThat(now.path("errorRate").asDouble()).isEqualTo(1);
    assertThat(now.path("receiptDelayMillis").asInt()).isEqualTo(1500);

    control("application/json", "{\"errorRate\": 0}");
    assertThat(send("13800001234", "text")).isEqualTo(200);
  }

  @Test
  void control_refuses_what_it_does_not_understand() throws Exception {
    assertThat(control("application/json", "{\"errorRate\": 2}").statusCode()).isEqualTo(400);
    assertThat(control("application/json", "{\"errorRat\": 1}").statusCode()).isEqualTo(400);
    assertThat(control("application/json", "[]").statusCode()).isEqualTo(400);
    assertThat(control("text/plain", "{\"errorRate\": 1}").statusCode()).isEqualTo(415);
    assertThat(send("13800001234", "text")).isEqualTo(200);
  }

  @Test
  void an_unsigned_message_or_question_is_refused() throws Exception {
    HttpRequest unsigned =
        HttpRequest.newBuilder(peer.endpoint().uri()).POST(BodyPublishers.ofString("{}")).build();
    assertThat(client.send(unsigned, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(get("/v1/messages/" + UUID.randomUUID()).statusCode()).isEqualTo(401);
  }

  @Test
  void answers_do_not_wait_40_ms_for_nagle() throws Exception {
    send("13800001234", "warm");
    long[] millis = new long[40];
    for (int i = 0; i < millis.length; i++) {
      long before = System.nanoTime();
      send("13800001234", "text");
      millis[i] = (System.nanoTime() - before) / 1_000_000;
    }
    Arrays.sort(millis);
    // Nagle delays every answer; a busy machine only some.
    assertThat(millis[millis.length / 4]).isLessThan(35);
  }

  private int send(String to, String text) throws IOException, InterruptedException {
    UUID id = UUID.randomUUID();
    byte[] body =
        new JsonMapper()
            .createObjectNode()
            .put("messageId", id.toString())
            .put("to", to)
            .put("text", text)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(peer.endpoint().uri())
            .header("x-access-key", peer.endpoint().key())
            .POST(BodyPublishers.ofByteArray(body));
    RequestSignature.headers(SECRET, id.toString(), CLOCK.instant(), body).forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create(peer.address() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> control(String type, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(peer.address() + "/control"))
            .header("content-type", type)
            .POST(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static SimulatorSettings settings() {
    return new SimulatorSettings(
        true,
        "127.0.0.1",
        null,
        null,
        7,
        3,
        new SimulatorSettings.Peer(0, Misbehaviour.none()),
        new SimulatorSettings.MailPeer(0, 0, Misbehaviour.none()),
        new SimulatorSettings.Peer(0, Misbehaviour.none()),
        java.util.Map.of());
  }
}
