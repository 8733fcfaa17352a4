package io.waymark.channel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import io.waymark.channel.ProviderEndpoint;
import io.waymark.channel.RequestSignature;
import io.waymark.channel.Secret;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * 模拟Webhook接收端: a system of the broker that takes signed webhooks at {@code POST /hook} and knows a
 * repeat by its id. It sends no receipts: its 2xx is the delivery.
 */
public final class WebhookSimulator implements Simulator, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WebhookSimulator.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String HOOK = "/hook";
  private static final long SILENCE_MILLIS = 60_000;

  private final Secret secret;
  private final Clock clock;
  private final Chance chance;
  private final Ledger ledger;
  private final AtomicReference<Misbehaviour> misbehaviour;
  private final HttpPeer peer;
  private final String bind;
  private volatile boolean running;

  /** Takes its port at once and answers after {@link #start}. */
  public WebhookSimulator(SimulatorSettings settings, Secret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
    this.bind = settings.bind();
    this.chance = new Chance(settings.seed());
    this.ledger = new Ledger(settings.ledgerSize());
    this.misbehaviour = new AtomicReference<>(settings.webhook().misbehaviour());
    this.peer = new HttpPeer("webhook", bind, settings.webhook().port());
    new PeerPages("模拟Webhook接收端", ledger, misbehaviour).on(peer);
    peer.route(HOOK, this::hook);
  }

  /** The target the webhook provider sends to when nothing else is said. */
  public ProviderEndpoint endpoint() {
    URI uri = URI.create(address() + HOOK);
    return new ProviderEndpoint(Channel.WEBHOOK, uri, "", secret, secret);
  }

  /** Address of the page for people. */
  @Override
  public URI address() {
    return URI.create("http://" + Address.reachable(bind) + ":" + peer.port());
  }

  /** What arrived, newest first. */
  @Override
  public List<LedgerLine> ledger() {
    return ledger.newestFirst();
  }

  /** From the next request on. */
  public void misbehave(Misbehaviour now) {
    misbehaviour.set(now);
  }

  private void hook(HttpExchange exchange) throws IOException {
    byte[] body = HttpPeer.body(exchange);
    if (!exchange.getRequestMethod().equals("POST")) {
      HttpPeer.json(exchange, 405, "{\"code\":\"method\"}");
      return;
    }
    if (Signed.by(secret, exchange, body, clock) != RequestSignature.Check.VALID) {
      HttpPeer.json(exchange, 401, "{\"code\":\"signature\"}");
      return;
    }
    Optional<LedgerLine> line = read(exchange, body);
    if (line.isEmpty()) {
      HttpPeer.json(exchange, 400, "{\"code\":\"malformed\"}");
      return;
    }
    take(exchange, line.get());
  }

  private void take(HttpExchange exchange, LedgerLine line) {
    Misbehaviour now = misbehaviour.get();
    UUID id = line.messageId();
    int attempt = ledger.attempt(id);
    if (chance.strikes(now.dropRate(), "drop", id, attempt)) {
      exchange.close();
    } else if (chance.strikes(now.errorRate(), "error", id, attempt)) {
      peer.after(now.latencyMillis(), () -> HttpPeer.json(exchange, 503, "{\"code\":\"busy\"}"));
    } else {
      ledger.take(line);
      ledger.fate(id, "delivered");
      if (chance.strikes(now.timeoutAfterAcceptRate(), "timeout", id, attempt)) {
        peer.after(SILENCE_MILLIS, exchange::close);
      } else {
        peer.after(now.latencyMillis(), () -> HttpPeer.json(exchange, 200, "{}"));
      }
    }
  }

  private Optional<LedgerLine> read(HttpExchange exchange, byte[] body) {
    try {
      JsonNode data = JSON.readTree(body).path("data");
      UUID id = UUID.fromString(exchange.getRequestHeaders().getFirst(RequestSignature.ID));
      String path = exchange.getRequestURI().getPath();
      String subject = data.path("subject").asText(null);
      String text = data.path("body").asText("");
      return Optional.of(
          new LedgerLine(id, "hook-" + id, path, subject, text, clock.instant(), 1, null));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void start() {
    peer.start();
    running = true;
    log.info("模拟Webhook接收端：{}/", address());
  }

  @Override
  public void stop() {
    running = false;
    peer.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Up before anything sends, down after everything has stopped sending. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE / 2;
  }

  @Override
  public String provider() {
    return "webhook";
  }

  @Override
  public String title() {
    return "模拟Webhook接收端";
  }

  @Override
  public URI talks() {
    return address();
  }
}
