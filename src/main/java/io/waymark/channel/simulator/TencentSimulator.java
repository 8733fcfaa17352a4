package io.waymark.channel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.waymark.channel.Secret;
import io.waymark.channel.sms.Tc3Signature;
import io.waymark.channel.vendor.Digests;
import io.waymark.channel.vendor.ShanghaiTime;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * 模拟腾讯云短信: SendSms and PullSmsSendStatusByPhoneNumber with signature v3 checked, status and reply
 * callbacks pushed back. Like the vendor it does not recognise a repeat.
 */
public final class TencentSimulator extends VendorPeer {

  /** The key pair it knows. */
  public static final String SECRET_ID = "SimulatedSecretId";

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final Secret secret;
  private final CallbackCourier courier;

  /**
   * @param application base address callbacks go to; empty while the application is not up
   * @param pass last part of the callback address
   */
  public TencentSimulator(
      SimulatorSettings settings,
      Secret secret,
      Supplier<Optional<URI>> application,
      String pass,
      Clock clock) {
    super("模拟腾讯云短信", "tencent", settings, clock);
    this.secret = secret;
    this.courier = new CallbackCourier("tencent-sms", pass, application);
    route("/", this::api);
  }

  /** Pushes what a customer wrote. */
  public void reply(String number, String text) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("extend", "")
            .put("mobile", number)
            .put("nationcode", "86")
            .put("sign", "路标")
            .put("text", text)
            .put("time", clock.instant().getEpochSecond());
    courier.bring("", "application/json", body.toString(), 0);
  }

  private void api(HttpExchange exchange) throws IOException {
    byte[] bytes = HttpPeer.body(exchange);
    String problem = problem(exchange, bytes);
    if (!problem.isEmpty()) {
      error(exchange, problem);
      return;
    }
    JsonNode body = JSON.readTree(bytes);
    switch (VendorQuery.header(exchange, "x-tc-action")) {
      case "SendSms" -> send(exchange, body);
      case "PullSmsSendStatusByPhoneNumber" -> status(exchange, body);
      default -> error(exchange, "InvalidAction");
    }
  }

  private String problem(HttpExchange exchange, byte[] body) {
    String seconds = VendorQuery.header(exchange, "x-tc-timestamp");
    if (!seconds.matches("\\d{1,12}")) {
      return "InvalidParameter";
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(seconds));
    String expected =
        Tc3Signature.authorization(
            SECRET_ID, secret.clear(), "sms", VendorQuery.header(exchange, "host"), at, body);
    if (!Digests.same(expected, VendorQuery.header(exchange, "authorization"))) {
      return "AuthFailure.SignatureFailure";
    }
    return Duration.between(at, clock.instant()).abs().compareTo(WINDOW) > 0
        ? "AuthFailure.SignatureExpire"
        : "";
  }

  private void send(HttpExchange exchange, JsonNode body) {
    String number = body.path("PhoneNumberSet").path(0).asText("");
    Optional<UUID> id = VendorQuery.uuid(body.path("SessionContext").asText(""));
    if (!number.matches("\\+861\\d{10}")) {
      status(exchange, "InvalidParameterValue.IncorrectPhoneNumber", "", "");
    } else if (id.isEmpty() || body.path("TemplateId").asText("").isEmpty()) {
      status(exchange, "FailedOperation.TemplateIncorrectOrUnapproved", "", "");
    } else {
      String text = body.path("TemplateId").asText() + " " + body.path("TemplateParamSet");
      String serial = "2640:" + id.get();
      LedgerLine line =
          new LedgerLine(id.get(), serial, number, null, text, clock.instant(), 1, null);
      submit(exchange, line, new Words(), fate -> fate.report(delay -> report(line, fate, delay)));
    }
  }

  private void report(LedgerLine line, Fate fate, long delay) {
    ArrayNode body = JSON.createArrayNode();
    body.addObject()
        .put("user_receive_time", ShanghaiTime.write(clock.instant().plusMillis(delay)))
        .put("nationcode", "86")
        .put("mobile", line.address().substring(3))
        .put("report_status", fate.delivered() ? "SUCCESS" : "FAIL")
        .put("errmsg", fate.delivered() ? "DELIVRD" : "UNDELIV")
        .put("description", fate.delivered() ? "用户短信送达成功" : "用户短信送达失败")
        .put("sid", line.providerId());
    courier.bring("", "application/json", body.toString(), delay);
    ledger.fate(line.messageId(), fate.delivered() ? "delivered" : "failed");
  }

  private void status(HttpExchange exchange, JsonNode body) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode lines = answer.putObject("Response").putArray("PullSmsSendStatusSet");
    ledger().stream()
        .filter(line -> line.address().equals(body.path("PhoneNumber").asText()))
        .forEach(
            line ->
                lines
                    .addObject()
                    .put("SerialNo", line.providerId())
                    .put("ReportStatus", "SUCCESS")
                    .put("SessionContext", line.messageId().toString()));
    HttpPeer.json(exchange, 200, answer.toString());
  }

  private static void status(HttpExchange exchange, String code, String serial, String session) {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("Response")
        .put("RequestId", UUID.randomUUID().toString())
        .putArray("SendStatusSet")
        .addObject()
        .put("SerialNo", serial)
        .put("SessionContext", session)
        .put("Code", code)
        .put("Message", code);
    HttpPeer.json(exchange, 200, answer.toString());
  }

  /** The vendor answers 200 whatever went wrong. */
  private static void error(HttpExchange exchange, String code) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("Response").putObject("Error").put("Code", code).put("Message", code);
    HttpPeer.json(exchange, 200, answer.toString());
  }

  @Override
  void started() {
    courier.start();
  }

  @Override
  void stopped() {
    courier.stop();
  }

  private static final class Words implements Replies {

    @Override
    public void accepted(HttpExchange exchange, LedgerLine line) {
      status(exchange, "Ok", line.providerId(), line.messageId().toString());
    }

    @Override
    public void busy(HttpExchange exchange) {
      HttpPeer.json(exchange, 503, "{}");
    }

    @Override
    public void throttled(HttpExchange exchange) {
      error(exchange, "RequestLimitExceeded");
    }

    @Override
    public boolean knowsRepeats() {
      return false;
    }
  }

  @Override
  public String provider() {
    return "tencent-sms";
  }
}
