package io.waymark.channel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import io.waymark.channel.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * 模拟极光推送: v3/push, which answers a repeated {@code cid} with its first answer, and
 * v3/received/detail.
 */
public final class JpushSimulator extends VendorPeer {

  /** The application it knows. */
  public static final String APP_KEY = "simulatedappkey000000001";

  /** A device that has not been seen for long. */
  public static final String GONE = "device-gone";

  private static final JsonMapper JSON = new JsonMapper();

  private final Secret secret;
  private final Map<String, Boolean> results = new ConcurrentHashMap<>();

  /** Takes its port at once and answers after {@link #start}. */
  public JpushSimulator(SimulatorSettings settings, Secret secret, Clock clock) {
    super("模拟极光推送", "jpush", settings, clock);
    this.secret = secret;
    route("/v3/push", this::push);
    route("/v3/received/detail", this::details);
  }

  private boolean known(HttpExchange exchange) {
    byte[] pair = (APP_KEY + ":" + secret.clear()).getBytes(StandardCharsets.UTF_8);
    return ("Basic " + Base64.getEncoder().encodeToString(pair))
        .equals(VendorQuery.header(exchange, "authorization"));
  }

  private void push(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(HttpPeer.body(exchange));
    String device = body.path("audience").path("registration_id").path(0).asText("");
    String cid = body.path("cid").asText("");
    Optional<UUID> id =
        cid.startsWith(APP_KEY + "-")
            ? VendorQuery.uuid(cid.substring(APP_KEY.length() + 1))
            : Optional.empty();
    if (!known(exchange)) {
      error(exchange, 401, 1004);
    } else if (id.isEmpty() || device.isEmpty()) {
      error(exchange, 400, 1003);
    } else if (device.equals(GONE)) {
      error(exchange, 400, 1011);
    } else {
      String msgId = Long.toString(id.get().getLeastSignificantBits() >>> 1);
      String text = body.path("notification").path("alert").asText("");
      LedgerLine line =
          new LedgerLine(id.get(), msgId, device, null, text, clock.instant(), 1, null);
      submit(exchange, line, new Words(), fate -> results.put(msgId, fate.delivered()));
    }
  }

  private void details(HttpExchange exchange) {
    if (!known(exchange)) {
      error(exchange, 401, 1004);
      return;
    }
    ArrayNode lines = JSON.createArrayNode();
    for (String msgId : VendorQuery.of(exchange).getOrDefault("msg_ids", "").split(",")) {
      boolean received = Boolean.TRUE.equals(results.get(msgId));
      lines.addObject().put("msg_id", msgId).put("jpush_received", received ? 1 : 0);
    }
    HttpPeer.json(exchange, 200, lines.toString());
  }

  private static void error(HttpExchange exchange, int status, int code) {
    HttpPeer.json(
        exchange, status, "{\"error\":{\"code\":" + code + ",\"message\":\"simulated\"}}");
  }

  private static final class Words implements Replies {

    @Override
    public void accepted(HttpExchange exchange, LedgerLine line) {
      HttpPeer.json(exchange, 200, "{\"sendno\":\"0\",\"msg_id\":\"" + line.providerId() + "\"}");
    }

    @Override
    public void busy(HttpExchange exchange) {
      HttpPeer.json(exchange, 503, "{}");
    }

    @Override
    public void throttled(HttpExchange exchange) {
      error(exchange, 429, 2002);
    }

    @Override
    public boolean knowsRepeats() {
      return true;
    }
  }

  @Override
  public String provider() {
    return "jpush";
  }
}
