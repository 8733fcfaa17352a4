package io.waymark.channel.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What every simulated vendor that speaks HTTP has in common: a socket, a ledger, a page, and the
 * misfortunes on the way from a request to its answer. What the vendor checks and says is its own.
 */
abstract class VendorPeer implements Simulator, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(VendorPeer.class);

  /** How long a caller is left without an answer before the connection closes. */
  private static final long SILENCE_MILLIS = 60_000;

  final Clock clock;
  final Ledger ledger;
  private final String title;
  private final String bind;
  private final Chance chance;
  private final AtomicReference<Misbehaviour> misbehaviour;
  private final HttpPeer peer;
  private volatile boolean running;

  /** Takes its port at once and answers after {@link #start}. */
  VendorPeer(String title, String name, SimulatorSettings settings, Clock clock) {
    SimulatorSettings.Peer own = settings.vendor(name);
    this.title = title;
    this.clock = clock;
    this.bind = settings.bind();
    this.chance = new Chance(settings.seed());
    this.ledger = new Ledger(settings.ledgerSize());
    this.misbehaviour = new AtomicReference<>(own.misbehaviour());
    this.peer = new HttpPeer(name, bind, own.port());
    new PeerPages(title, ledger, misbehaviour).on(peer);
  }

  final void route(String path, HttpHandler handler) {
    peer.route(path, handler);
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final URI talks() {
    return address();
  }

  /** Address of protocol, page and control. */
  @Override
  public final URI address() {
    return URI.create("http://" + Address.reachable(bind) + ":" + peer.port());
  }

  @Override
  public final List<LedgerLine> ledger() {
    return ledger.newestFirst();
  }

  /** From the next request on. */
  public final void misbehave(Misbehaviour now) {
    misbehaviour.set(now);
  }

  /**
   * Leads one message through the misfortunes of the moment.
   *
   * @param taken called once the message counts as sent, for the reports that follow
   */
  final void submit(HttpExchange exchange, LedgerLine line, Replies replies, Consumer<Fate> taken) {
    Misbehaviour now = misbehaviour.get();
    UUID id = line.messageId();
    int attempt = ledger.attempt(id);
    if (chance.strikes(now.dropRate(), "drop", id, attempt)) {
      exchange.close();
    } else if (chance.strikes(now.errorRate(), "error", id, attempt)) {
      peer.after(now.latencyMillis(), () -> replies.busy(exchange));
    } else if (chance.strikes(now.throttleRate(), "throttle", id, attempt)) {
      peer.after(now.latencyMillis(), () -> replies.throttled(exchange));
    } else {
      boolean repeat = ledger.take(line).isPresent();
      if (!repeat || !replies.knowsRepeats()) {
        taken.accept(fate(id, now));
      }
      if (chance.strikes(now.timeoutAfterAcceptRate(), "timeout", id, attempt)) {
        peer.after(SILENCE_MILLIS, exchange::close);
      } else {
        peer.after(now.latencyMillis(), () -> replies.accepted(exchange, line));
      }
    }
  }

  private Fate fate(UUID id, Misbehaviour now) {
    double jitter = chance.roll("jitter", id, 0) * now.receiptJitterMillis();
    long delay = now.receiptDelayMillis() + Math.round(jitter);
    if (chance.strikes(now.lateReceiptRate(), "late", id, 0)) {
      delay += 2L * (now.receiptDelayMillis() + now.receiptJitterMillis());
    }
    boolean failed = chance.strikes(now.failureRate(), "failure", id, 0);
    boolean twice = chance.strikes(now.duplicateReceiptRate(), "duplicate", id, 0);
    return new Fate(!failed, delay, twice ? delay + 1 + now.receiptDelayMillis() : -1);
  }

  /**
   * What becomes of a message that was taken.
   *
   * @param delayMillis until it is reported
   * @param againMillis until it is reported a second time; negative = it is not
   */
  record Fate(boolean delivered, long delayMillis, long againMillis) {

    /** Runs a report as often as fate has it. */
    void report(LongConsumer courier) {
      courier.accept(delayMillis);
      if (againMillis >= 0) {
        courier.accept(againMillis);
      }
    }
  }

  /** How one vendor words its answers. */
  interface Replies {
    void accepted(HttpExchange exchange, LedgerLine line);

    void busy(HttpExchange exchange);

    void throttled(HttpExchange exchange);

    /** Whether the vendor recognises a message it has taken before. */
    boolean knowsRepeats();
  }

  /** Hooks for what runs beside the socket. */
  void started() {}

  void stopped() {}

  @Override
  public void start() {
    peer.start();
    started();
    running = true;
    log.info("{}：{}/", title, address());
  }

  @Override
  public void stop() {
    running = false;
    stopped();
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
}
