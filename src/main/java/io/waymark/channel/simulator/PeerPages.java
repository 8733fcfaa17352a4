package io.waymark.channel.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What people and tests see of a simulator beside its protocol: the page, the ledger and the
 * control.
 */
final class PeerPages {

  private static final JsonMapper JSON = new JsonMapper();

  private final String title;
  private final Ledger ledger;
  private final AtomicReference<Misbehaviour> misbehaviour;

  PeerPages(String title, Ledger ledger, AtomicReference<Misbehaviour> misbehaviour) {
    this.title = title;
    this.ledger = ledger;
    this.misbehaviour = misbehaviour;
  }

  void on(HttpPeer peer) {
    peer.route("/page", this::page);
    peer.route("/", this::page);
    peer.route("/ledger", this::ledger);
    peer.route("/control", this::control);
  }

  private void page(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (!path.equals("/") && !path.equals("/page")) {
      HttpPeer.json(exchange, 404, "{\"code\":\"not_found\"}");
      return;
    }
    exchange
        .getResponseHeaders()
        .set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    String html =
        PeerPage.html(
            title,
            ledger.newestFirst(),
            ledger.taken(),
            JSON.valueToTree(misbehaviour.get()).toString(),
            exchange.getRequestURI().getQuery());
    HttpPeer.reply(exchange, 200, "text/html; charset=utf-8", html);
  }

  private void ledger(HttpExchange exchange) {
    List<LedgerLine> lines = ledger.newestFirst();
    ObjectNode body = JSON.createObjectNode().put("taken", ledger.taken());
    ArrayNode array = body.putArray("messages");
    for (LedgerLine line : lines) {
      array
          .addObject()
          .put("messageId", line.messageId().toString())
          .put("providerId", line.providerId())
          .put("address", Masked.address(line.address()))
          .put("firstAt", line.firstAt().toString())
          .put("arrivals", line.arrivals())
          .put("fate", line.fate());
    }
    HttpPeer.json(exchange, 200, body.toString());
  }

  private void control(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET" -> HttpPeer.json(exchange, 200, JSON.writeValueAsString(misbehaviour.get()));
      case "POST" -> change(exchange);
      default -> HttpPeer.json(exchange, 405, "{\"code\":\"method\"}");
    }
  }

  /** Only JSON: a form of a strange page in somebody's browser cannot send that type here. */
  private void change(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("content-type");
    if (type == null || !type.startsWith("application/json")) {
      HttpPeer.json(exchange, 415, "{\"code\":\"json_only\"}");
      return;
    }
    try {
      JsonNode wanted = JSON.readTree(HttpPeer.body(exchange));
      if (!(wanted instanceof ObjectNode fields)) {
        HttpPeer.json(exchange, 400, "{\"code\":\"object_expected\"}");
        return;
      }
      ObjectNode merged = JSON.valueToTree(misbehaviour.get());
      merged.setAll(fields);
      misbehaviour.set(JSON.treeToValue(merged, Misbehaviour.class));
      HttpPeer.json(exchange, 200, merged.toString());
    } catch (JsonProcessingException e) {
      ObjectNode problem = JSON.createObjectNode().put("code", "invalid");
      HttpPeer.json(exchange, 400, problem.put("message", e.getOriginalMessage()).toString());
    }
  }
}
