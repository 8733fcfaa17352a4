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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * 模拟短信服务商: the other end of the SMS protocol. {@code POST /v1/messages} takes a signed message once
 * by its id, {@code GET /v1/messages/<id>} says what became of it, receipts go back signed; {@code
 * GET /} is for people, {@code GET /ledger} for tests, {@code POST /control} sets a {@link
 * Misbehaviour}.
 */
public final class SmsSimulator implements Simulator, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SmsSimulator.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MESSAGES = "/v1/messages";
  private static final String KEY = "simulator";

  /** How long a caller is left without an answer before the connection closes. */
  private static final long SILENCE_MILLIS = 60_000;

  private final Secret secret;
  private final Clock clock;
  private final Chance chance;
  private final Ledger ledger;
  private final AtomicReference<Misbehaviour> misbehaviour;
  private final Receipts receipts;
  private final HttpPeer peer;
  private final String bind;
  private volatile boolean running;

  /**
   * Takes its port at once and answers after {@link #start}.
   *
   * @param application base address receipts go to; empty while the application is not up
   */
  public SmsSimulator(
      SimulatorSettings settings, Secret secret, Supplier<Optional<URI>> application, Clock clock) {
    this.secret = secret;
    this.clock = clock;
    this.bind = settings.bind();
    this.chance = new Chance(settings.seed());
    this.ledger = new Ledger(settings.ledgerSize());
    this.misbehaviour = new AtomicReference<>(settings.sms().misbehaviour());
    ReceiptCourier courier = new ReceiptCourier("sms-http", secret, application, clock, ledger);
    this.receipts = new Receipts(courier, chance, clock);
    this.peer = new HttpPeer("sms", bind, settings.sms().port());
    new PeerPages("模拟短信服务商", ledger, misbehaviour).on(peer);
    peer.route(MESSAGES, this::messages);
  }

  /** Where the SMS provider finds this peer. */
  public ProviderEndpoint endpoint() {
    URI uri = URI.create(address() + MESSAGES);
    return new ProviderEndpoint(Channel.SMS, uri, KEY, secret, secret);
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

  private void messages(HttpExchange exchange) throws IOException {
    byte[] body = HttpPeer.body(exchange);
    String path = exchange.getRequestURI().getPath();
    if (!signed(exchange, body)) {
      refuse(exchange, 401, "signature");
    } else if (exchange.getRequestMethod().equals("POST") && path.equals(MESSAGES)) {
      take(exchange, body);
    } else if (exchange.getRequestMethod().equals("GET") && path.startsWith(MESSAGES + "/")) {
      tell(exchange, path.substring(MESSAGES.length() + 1));
    } else {
      refuse(exchange, 404, "not_found");
    }
  }

  private boolean signed(HttpExchange exchange, byte[] body) {
    return KEY.equals(exchange.getRequestHeaders().getFirst("x-access-key"))
        && Signed.by(secret, exchange, body, clock) == RequestSignature.Check.VALID;
  }

  private void take(HttpExchange exchange, byte[] body) {
    Optional<LedgerLine> read = read(body);
    if (read.isEmpty()) {
      refuse(exchange, 400, "malformed");
      return;
    }
    LedgerLine line = read.get();
    Misbehaviour now = misbehaviour.get();
    UUID id = line.messageId();
    int attempt = ledger.attempt(id);
    if (chance.strikes(now.dropRate(), "drop", id, attempt)) {
      exchange.close();
    } else if (chance.strikes(now.errorRate(), "error", id, attempt)) {
      peer.after(now.latencyMillis(), () -> refuse(exchange, 503, "busy"));
    } else if (!line.address().matches("\\+?\\d{5,15}")) {
      peer.after(now.latencyMillis(), () -> refuse(exchange, 422, "invalid_number"));
    } else {
      Optional<LedgerLine> known = ledger.take(line);
      known.ifPresentOrElse(before -> {}, () -> receipts.forText(id, now));
      answer(exchange, line, known, now, attempt);
    }
  }

  private void answer(
      HttpExchange exchange,
      LedgerLine line,
      Optional<LedgerLine> known,
      Misbehaviour now,
      int attempt) {
    UUID id = line.messageId();
    if (known.isPresent() && !known.get().sameMessage(line)) {
      peer.after(now.latencyMillis(), () -> refuse(exchange, 409, "id_reused"));
    } else if (chance.strikes(now.timeoutAfterAcceptRate(), "timeout", id, attempt)) {
      peer.after(SILENCE_MILLIS, exchange::close);
    } else {
      String providerId = known.map(LedgerLine::providerId).orElse(line.providerId());
      peer.after(now.latencyMillis(), () -> accept(exchange, id, providerId));
    }
  }

  private static void accept(HttpExchange exchange, UUID id, String providerId) {
    String json =
        JSON.createObjectNode()
            .put("messageId", id.toString())
            .put("providerId", providerId)
            .put("state", "accepted")
            .toString();
    HttpPeer.json(exchange, 200, json);
  }

  private void tell(HttpExchange exchange, String messageId) {
    Optional<LedgerLine> line = uuid(messageId).flatMap(ledger::find);
    line.ifPresentOrElse(
        known -> accept(exchange, known.messageId(), known.providerId()),
        () -> refuse(exchange, 404, "not_found"));
  }

  private Optional<LedgerLine> read(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      String to = json.path("to").asText("");
      String text = json.path("text").asText("");
      return uuid(json.path("messageId").asText(""))
          .filter(id -> !to.isEmpty() && !text.isEmpty())
          .map(id -> new LedgerLine(id, "sms-" + id, to, null, text, clock.instant(), 1, null));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) {
    HttpPeer.json(exchange, status, "{\"code\":\"" + code + "\"}");
  }

  @Override
  public void start() {
    peer.start();
    receipts.start();
    running = true;
    log.info("模拟短信服务商：{}/", address());
  }

  @Override
  public void stop() {
    running = false;
    receipts.stop();
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
    return "sms-http";
  }

  @Override
  public String title() {
    return "模拟短信服务商";
  }

  @Override
  public URI talks() {
    return address();
  }
}
