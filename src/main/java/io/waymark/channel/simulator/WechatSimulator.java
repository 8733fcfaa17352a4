package io.waymark.channel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import io.waymark.channel.Secret;
import io.waymark.channel.wechat.WechatCrypt;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * 模拟微信公众号: stable_token and message/template/send; TEMPLATESENDJOBFINISH and what followers write
 * are called back encrypted. Tokens can be taken back at any moment, as the vendor does.
 */
public final class WechatSimulator extends VendorPeer {

  /** The account it knows. */
  public static final String APP_ID = "wxSimulated0001";

  /** An openid of somebody who does not follow the account. */
  public static final String STRANGER = "o-stranger";

  private static final JsonMapper JSON = new JsonMapper();

  private final Secret secret;
  private final WechatPushes pushes;
  private final SimulatedTokens tokens = new SimulatedTokens();

  /**
   * @param crypt token and key both sides know
   * @param application base address callbacks go to; empty while the application is not up
   */
  public WechatSimulator(
      SimulatorSettings settings,
      Secret secret,
      WechatCrypt crypt,
      Supplier<Optional<URI>> application,
      Clock clock) {
    super("模拟微信公众号", "wechat", settings, clock);
    this.secret = secret;
    this.pushes = new WechatPushes("wechat", crypt, application, clock);
    route("/cgi-bin/stable_token", this::login);
    route("/cgi-bin/message/template/send", this::send);
  }

  /** Every token given so far stops working. */
  public void takeTokensBack() {
    tokens.takeBack();
  }

  /** How often a token was fetched. */
  public int tokensGiven() {
    return tokens.given();
  }

  /** Pushes what a follower wrote. */
  public void reply(String openid, String text) {
    pushes.text(openid, text);
  }

  private void login(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(HttpPeer.body(exchange));
    boolean right =
        body.path("appid").asText().equals(APP_ID)
            && body.path("secret").asText().equals(secret.clear());
    HttpPeer.json(
        exchange,
        200,
        right ? tokens.answer() : SimulatedTokens.error(40001, "invalid credential"));
  }

  private void send(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(HttpPeer.body(exchange));
    String openid = body.path("touser").asText("");
    Optional<UUID> id = unhyphened(body.path("client_msg_id").asText(""));
    String refusal = tokens.refusal(VendorQuery.of(exchange).getOrDefault("access_token", ""));
    if (!refusal.isEmpty()) {
      HttpPeer.json(exchange, 200, refusal);
    } else if (openid.equals(STRANGER)) {
      HttpPeer.json(exchange, 200, SimulatedTokens.error(43004, "require subscribe"));
    } else if (id.isEmpty() || body.path("template_id").asText("").isEmpty()) {
      HttpPeer.json(exchange, 200, SimulatedTokens.error(40037, "invalid template_id"));
    } else {
      String text = body.path("template_id").asText() + " " + body.path("data");
      String msgid = Long.toString(id.get().getLeastSignificantBits() >>> 1);
      LedgerLine line =
          new LedgerLine(id.get(), msgid, openid, null, text, clock.instant(), 1, null);
      submit(exchange, line, new Words(), fate -> fate.report(delay -> report(line, fate, delay)));
    }
  }

  private void report(LedgerLine line, Fate fate, long delay) {
    pushes.finished(line, fate.delivered() ? "success" : "failed:user block", delay);
    ledger.fate(line.messageId(), fate.delivered() ? "delivered" : "failed");
  }

  private static Optional<UUID> unhyphened(String hex) {
    return hex.matches("[0-9a-f]{32}")
        ? Optional.of(
            UUID.fromString(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")))
        : Optional.empty();
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
      HttpPeer.json(
          exchange, 200, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":" + line.providerId() + "}");
    }

    @Override
    public void busy(HttpExchange exchange) {
      HttpPeer.json(exchange, 200, SimulatedTokens.error(-1, "system error"));
    }

    @Override
    public void throttled(HttpExchange exchange) {
      HttpPeer.json(exchange, 200, SimulatedTokens.error(45009, "reach max api daily quota limit"));
    }

    @Override
    public boolean knowsRepeats() {
      return true;
    }
  }

  @Override
  public String provider() {
    return "wechat";
  }
}
