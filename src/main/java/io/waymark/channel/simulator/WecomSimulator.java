package io.waymark.channel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.waymark.channel.Secret;
import io.waymark.channel.wechat.WechatCrypt;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * 模拟企业微信: gettoken, add_msg_template and get_groupmsg_send_result. The vendor knows no id of ours,
 * so the ledger names a message by a digest of receiver and text, and a repeat is a second arrival.
 */
public final class WecomSimulator extends VendorPeer {

  /** The company it knows. */
  public static final String CORP_ID = "wwSimulated0001";

  /** A customer who is no contact of any colleague. */
  public static final String STRANGER = "wm-stranger";

  private static final JsonMapper JSON = new JsonMapper();

  private final Secret secret;
  private final WechatPushes pushes;
  private final SimulatedTokens tokens = new SimulatedTokens();
  private final Map<String, Integer> results = new ConcurrentHashMap<>();

  /**
   * @param crypt token and key both sides know
   * @param application base address callbacks go to; empty while the application is not up
   */
  public WecomSimulator(
      SimulatorSettings settings,
      Secret secret,
      WechatCrypt crypt,
      Supplier<Optional<URI>> application,
      Clock clock) {
    super("模拟企业微信", "wecom", settings, clock);
    this.secret = secret;
    this.pushes = new WechatPushes("wecom", crypt, application, clock);
    route("/cgi-bin/gettoken", this::login);
    route("/cgi-bin/externalcontact/add_msg_template", this::send);
    route("/cgi-bin/externalcontact/get_groupmsg_send_result", this::result);
  }

  /** Every token given so far stops working. */
  public void takeTokensBack() {
    tokens.takeBack();
  }

  /** How often a token was fetched. */
  public int tokensGiven() {
    return tokens.given();
  }

  /** By which id the ledger knows a message. */
  public static UUID idOf(String receiver, String text) {
    return UUID.nameUUIDFromBytes((receiver + " " + text).getBytes(StandardCharsets.UTF_8));
  }

  /** Pushes what a customer wrote. */
  public void reply(String externalUserId, String text) {
    pushes.text(externalUserId, text);
  }

  private void login(HttpExchange exchange) {
    Map<String, String> query = VendorQuery.of(exchange);
    boolean right =
        CORP_ID.equals(query.get("corpid")) && secret.clear().equals(query.get("corpsecret"));
    HttpPeer.json(
        exchange,
        200,
        right ? tokens.answer() : SimulatedTokens.error(40001, "invalid credential"));
  }

  private void send(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(HttpPeer.body(exchange));
    String receiver = body.path("external_userid").path(0).asText("");
    String text = body.path("text").path("content").asText("");
    String refusal = tokens.refusal(VendorQuery.of(exchange).getOrDefault("access_token", ""));
    if (!refusal.isEmpty()) {
      HttpPeer.json(exchange, 200, refusal);
    } else if (receiver.equals(STRANGER)) {
      ObjectNode answer = JSON.createObjectNode().put("errcode", 0).put("msgid", "msg-none");
      answer.putArray("fail_list").add(receiver);
      HttpPeer.json(exchange, 200, answer.toString());
    } else {
      UUID id = idOf(receiver, text);
      String msgid = "msg" + UUID.randomUUID().toString().replace("-", "");
      LedgerLine line = new LedgerLine(id, msgid, receiver, null, text, clock.instant(), 1, null);
      submit(exchange, line, new Words(), fate -> results.put(msgid, fate.delivered() ? 1 : 2));
    }
  }

  private void result(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(HttpPeer.body(exchange));
    ObjectNode answer = JSON.createObjectNode().put("errcode", 0).put("errmsg", "ok");
    answer
        .putArray("send_list")
        .addObject()
        .put("status", results.getOrDefault(body.path("msgid").asText(), 0));
    HttpPeer.json(exchange, 200, answer.toString());
  }

  @Override
  void started() {
    pushes.start();
  }

  @Override
  void stopped() {
    pushes.stop();
  }

  private static final class Words implements Replies {

    @Override
    public void accepted(HttpExchange exchange, LedgerLine line) {
      ObjectNode answer = JSON.createObjectNode().put("errcode", 0).put("errmsg", "ok");
      answer.putArray("fail_list");
      HttpPeer.json(exchange, 200, answer.put("msgid", line.providerId()).toString());
    }

    @Override
    public void busy(HttpExchange exchange) {
      HttpPeer.json(exchange, 200, SimulatedTokens.error(-1, "system busy"));
    }

    @Override
    public void throttled(HttpExchange exchange) {
      HttpPeer.json(exchange, 200, SimulatedTokens.error(45009, "api freq out of limit"));
    }

    @Override
    public boolean knowsRepeats() {
      return false;
    }
  }

  @Override
  public String provider() {
    return "wecom";
  }
}
