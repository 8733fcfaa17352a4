package io.waymark.channel.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.waymark.channel.Secret;
import io.waymark.channel.sms.AcsSignature;
import io.waymark.channel.vendor.Digests;
import io.waymark.channel.vendor.ShanghaiTime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * 模拟阿里云短信: SendSms and QuerySendDetails with signature V3 checked, nonces refused a second time,
 * SmsReport and SmsUp pushed back. Like the vendor it does not recognise a repeat.
 */
public final class AliyunSimulator extends VendorPeer {

  /** The key pair it knows. */
  public static final String KEY_ID = "SimulatedKeyId";

  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final JsonMapper JSON = new JsonMapper();

  private final Secret secret;
  private final CallbackCourier courier;
  private final Set<String> nonces = ConcurrentHashMap.newKeySet();

  /**
   * @param application base address callbacks go to; empty while the application is not up
   * @param pass last part of the callback address
   */
  public AliyunSimulator(
      SimulatorSettings settings,
      Secret secret,
      Supplier<Optional<URI>> application,
      String pass,
      Clock clock) {
    super("模拟阿里云短信", "aliyun", settings, clock);
    this.secret = secret;
    this.courier = new CallbackCourier("aliyun-sms", pass, application);
    // The page for people is at /page here: the vendor's API is at the root.
    route("/", this::api);
  }

  /** Pushes what a customer wrote. */
  public void reply(String number, String text) {
    ArrayNode body = JSON.createArrayNode();
    body.addObject()
        .put("phone_number", number)
        .put("send_time", ShanghaiTime.write(clock.instant()))
        .put("content", text)
        .put("sign_name", "路标")
        .put("dest_code", "1069")
        .put("sequence_id", Math.floorMod(System.nanoTime(), 1_000_000_000L));
    courier.bring("", "application/json", body.toString(), 0);
  }

  private void api(HttpExchange exchange) {
    Map<String, String> query = VendorQuery.of(exchange);
    String problem = problem(exchange, query);
    if (problem != null) {
      refuse(exchange, 400, problem);
      return;
    }
    switch (VendorQuery.header(exchange, "x-acs-action")) {
      case "SendSms" -> send(exchange, query);
      case "QuerySendDetails" -> details(exchange, query);
      default -> refuse(exchange, 404, "InvalidAction.NotFound");
    }
  }

  private @Nullable String problem(HttpExchange exchange, Map<String, String> query) {
    Map<String, String> signed = new TreeMap<>();
    signed.put("host", VendorQuery.header(exchange, "host"));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith("x-acs-")) {
                signed.put(lower, values.get(0));
              }
            });
    String expected =
        AcsSignature.authorization(
            KEY_ID, secret.bytes(), exchange.getRequestMethod(), query, signed);
    if (!Digests.same(expected, VendorQuery.header(exchange, "authorization"))) {
      return "SignatureDoesNotMatch";
    }
    try {
      Instant at = Instant.parse(VendorQuery.header(exchange, "x-acs-date"));
      if (Duration.between(at, clock.instant()).abs().compareTo(WINDOW) > 0) {
        return "InvalidTimeStamp.Expired";
      }
    } catch (DateTimeParseException e) {
      return "InvalidTimeStamp.Format";
    }
    return nonces.add(VendorQuery.header(exchange, "x-acs-signature-nonce"))
        ? null
        : "SignatureNonceUsed";
  }

  private void send(HttpExchange exchange, Map<String, String> query) {
    String number = query.getOrDefault("PhoneNumbers", "");
    Optional<UUID> id = VendorQuery.uuid(query.getOrDefault("OutId", ""));
    if (!number.matches("1\\d{10}")) {
      ok(exchange, "isv.MOBILE_NUMBER_ILLEGAL", null);
    } else if (id.isEmpty() || query.getOrDefault("TemplateCode", "").isEmpty()) {
      ok(exchange, "isv.SMS_TEMPLATE_ILLEGAL", null);
    } else {
      String text = query.get("TemplateCode") + " " + query.get("TemplateParam");
      String bizId = "biz-" + id.get();
      LedgerLine line =
          new LedgerLine(id.get(), bizId, number, null, text, clock.instant(), 1, null);
      submit(exchange, line, new Words(), fate -> fate.report(delay -> report(line, fate, delay)));
    }
  }

  private void report(LedgerLine line, Fate fate, long delay) {
    String now = ShanghaiTime.write(clock.instant().plusMillis(delay));
    ArrayNode body = JSON.createArrayNode();
    body.addObject()
        .put("phone_number", line.address())
        .put("send_time", ShanghaiTime.write(line.firstAt()))
        .put("report_time", now)
        .put("success", fate.delivered())
        .put("err_code", fate.delivered() ? "DELIVERED" : "UNDELIV")
        .put("err_msg", fate.delivered() ? "用户接收成功" : "用户接收失败")
        .put("sms_size", "1")
        .put("biz_id", line.providerId())
        .put("out_id", line.messageId().toString());
    courier.bring("", "application/json", body.toString(), delay);
    ledger.fate(line.messageId(), fate.delivered() ? "delivered" : "failed");
  }

  private void details(HttpExchange exchange, Map<String, String> query) {
    ObjectNode body = JSON.createObjectNode().put("Code", "OK").put("Message", "OK");
    ArrayNode lines = body.putObject("SmsSendDetailDTOs").putArray("SmsSendDetailDTO");
    ledger().stream()
        .filter(line -> line.address().equals(query.get("PhoneNumber")))
        .filter(line -> ShanghaiTime.day(line.firstAt()).equals(query.get("SendDate")))
        .forEach(
            line ->
                lines
                    .addObject()
                    .put("PhoneNum", line.address())
                    .put("SendStatus", 3)
                    .put("OutId", line.messageId().toString()));
    HttpPeer.json(exchange, 200, body.toString());
  }

  private static void ok(HttpExchange exchange, String code, @Nullable String bizId) {
    Map<String, String> body = new HashMap<>();
    body.put("Code", code);
    body.put("Message", code);
    body.put("RequestId", UUID.randomUUID().toString());
    if (bizId != null) {
      body.put("BizId", bizId);
    }
    HttpPeer.json(exchange, 200, JSON.valueToTree(body).toString());
  }

  private static void refuse(HttpExchange exchange, int status, String code) {
    HttpPeer.json(exchange, status, JSON.createObjectNode().put("Code", code).toString());
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
      ok(exchange, "OK", line.providerId());
    }

    @Override
    public void busy(HttpExchange exchange) {
      refuse(exchange, 503, "ServiceUnavailable");
    }

    @Override
    public void throttled(HttpExchange exchange) {
      ok(exchange, "isv.BUSINESS_LIMIT_CONTROL", null);
    }

    @Override
    public boolean knowsRepeats() {
      return false;
    }
  }

  @Override
  public String provider() {
    return "aliyun-sms";
  }
}
