package io.waymark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.console.Http;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The customers, and the system that tells what they do. It does not know which node is alive: it
 * tells again until somebody took it, and sometimes once more.
 */
final class Crowd {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern SHOWN = Pattern.compile("wmk?_[A-Za-z0-9_-]{20,}");
  private static final int REFUSES_TEXTS = 10;

  private final int size;
  private final Supplier<Node> someNode;
  private String key = "";

  Crowd(int size, Supplier<Node> someNode) {
    this.size = size;
    this.someNode = someNode;
  }

  int size() {
    return size;
  }

  static String ref(int n) {
    return String.format("CHAOS%06d", n);
  }

  static int number(String ref) {
    return Integer.parseInt(ref.substring("CHAOS".length()));
  }

  static String mobile(int n) {
    return String.format("139%08d", n);
  }

  static String device(String kind, int n) {
    return kind + "-" + n;
  }

  /** One in ten refuses text messages, service included. */
  static boolean refusesTexts(int n) {
    return n % REFUSES_TEXTS == 0;
  }

  /** Every second one is waved off; the others wait at the last step, rightfully. */
  static boolean wavedOff(int n) {
    return n % 2 == 0;
  }

  /** Imports everybody with all addresses and consents. */
  void arrive(Node node) {
    key = createKey(node);
    String rows =
        IntStream.range(0, size)
            .mapToObj(
                n ->
                    String.join(
                        ",",
                        ref(n),
                        "王小明",
                        "1988-05-01",
                        "SH01",
                        "ordinary",
                        "normal",
                        mobile(n),
                        ref(n).toLowerCase(Locale.ROOT) + "@example.com",
                        device("wechat", n),
                        device("wecom", n),
                        device("device", n)))
            .collect(Collectors.joining("\n"));
    Http api = new Http(node.port());
    JsonNode report =
        accepted(
            api.post(
                "/api/v1/customers",
                "text/csv",
                "ref,name,birthDate,branch,customerClass,legalStatus,identity.mobile,identity.email,"
                    + "identity.wechat,identity.wecom,identity.device\n"
                    + rows,
                "X-Api-Key",
                key));
    assertThat(report.path("accepted").asInt()).as(report.toString()).isEqualTo(size);
    accepted(api.json("/api/v1/consents", consents(), "X-Api-Key", key));
  }

  private String consents() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      rows.add(consent(n, "activity", "email", "granted"));
      if (refusesTexts(n)) {
        rows.add(consent(n, "service", "sms", "refused"));
      }
    }
    return json(rows);
  }

  private static Map<String, Object> consent(int n, String purpose, String channel, String state) {
    return Map.of(
        "customer",
        ref(n),
        "purpose",
        purpose,
        "channel",
        channel,
        "state",
        state,
        "source",
        "app",
        "textVersion",
        "2026-01",
        "at",
        Instant.now().minusSeconds(86_400).toString());
  }

  /** Everybody of {@code which} does something once, however often it has to be told. */
  void does(String type, IntStream which, boolean toldTwice) {
    String at = Instant.now().toString();
    String body =
        json(
            which
                .mapToObj(
                    n ->
                        Map.of(
                            "eventId",
                            ref(n) + "-" + type,
                            "customer",
                            ref(n),
                            "type",
                            type,
                            "occurredAt",
                            at))
                .toList());
    tell(body);
    if (toldTwice) {
      tell(body);
    }
  }

  private void tell(String body) {
    Waiting.until(
        "a node to take events",
        () -> {
          try {
            int status =
                new Http(someNode.get().port())
                    .json("/api/v1/events", body, "X-Api-Key", key)
                    .statusCode();
            return status == 200;
          } catch (AssertionError notAnswered) {
            return false;
          }
        });
  }

  private static String createKey(Node node) {
    Http admin = new Http(node.port());
    admin.signIn("admin", "waymark-demo");
    String page =
        admin
            .post(
                "/keys",
                "application/x-www-form-urlencoded",
                "name=chaos&scopes=ingest&scopes=read&_csrf=" + admin.token("/keys"))
            .body();
    Matcher shown = SHOWN.matcher(page);
    assertThat(shown.find()).as("the key is shown once: %s", page).isTrue();
    return shown.group();
  }

  private static JsonNode accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static String json(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
