package io.waymark.channel.simulator;

import io.waymark.channel.ProviderEndpoint;
import io.waymark.channel.Secret;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * 模拟邮件服务器: an SMTP server that wants a login, takes every mail and reports delivery, opening and
 * clicking as a mail service does. Like a real one it takes a mail twice when it comes twice; the
 * ledger counts. Page, ledger and control are on an HTTP port of their own.
 */
public final class MailSimulator implements Simulator, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MailSimulator.class);
  private static final int BACKLOG = 256;
  private static final int IDLE_MILLIS = 60_000;
  private static final String USER = "simulator";

  private final Secret secret;
  private final Ledger ledger;
  private final AtomicReference<Misbehaviour> misbehaviour;
  private final Receipts receipts;
  private final Mailbox mailbox;
  private final HttpPeer pages;
  private final String bind;
  private final int port;
  private @Nullable ServerSocket socket;
  private @Nullable SMTPServer server;
  private volatile boolean running;

  /**
   * Takes its ports at once and answers after {@link #start}.
   *
   * @param application base address receipts go to; empty while the application is not up
   */
  public MailSimulator(
      SimulatorSettings settings, Secret secret, Supplier<Optional<URI>> application, Clock clock) {
    this.secret = secret;
    this.bind = settings.bind();
    Chance chance = new Chance(settings.seed());
    this.ledger = new Ledger(settings.ledgerSize());
    this.misbehaviour = new AtomicReference<>(settings.mail().misbehaviour());
    ReceiptCourier courier = new ReceiptCourier("smtp", secret, application, clock, ledger);
    this.receipts = new Receipts(courier, chance, clock);
    this.mailbox = new Mailbox(ledger, receipts, misbehaviour, chance, clock);
    this.pages = new HttpPeer("mail", bind, settings.mail().pagePort());
    new PeerPages("模拟邮件服务器", ledger, misbehaviour).on(pages);
    ServerSocket bound = bind(settings.mail().port());
    this.socket = bound;
    this.port = bound.getLocalPort();
  }

  /** Where the SMTP provider finds this peer. */
  public ProviderEndpoint endpoint() {
    URI uri = URI.create("smtp://" + Address.reachable(bind) + ":" + port);
    return new ProviderEndpoint(Channel.EMAIL, uri, USER, secret, secret);
  }

  /** Address of the page for people. */
  @Override
  public URI address() {
    return URI.create("http://" + Address.reachable(bind) + ":" + pages.port());
  }

  /** What arrived, newest first. */
  @Override
  public List<LedgerLine> ledger() {
    return ledger.newestFirst();
  }

  /** The newest mail exactly as it came, headers and all; empty before the first. */
  public Optional<byte[]> newestRaw() {
    return mailbox.newestRaw();
  }

  /** From the next mail on. */
  public void misbehave(Misbehaviour now) {
    misbehaviour.set(now);
  }

  @Override
  public void start() {
    ServerSocket listening = socket == null ? bind(port) : socket;
    server =
        SMTPServer.port(port)
            .serverSocketFactory(() -> listening)
            .messageHandlerFactory(mailbox::receive)
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(
                    (user, password, context) -> {
                      if (!USER.equals(user) || !secret.clear().equals(password)) {
                        throw new LoginFailedException();
                      }
                    }))
            .requireAuth()
            .hostName("simulator.invalid")
            .softwareName("Waymark mail simulator")
            .connectionTimeout(IDLE_MILLIS, TimeUnit.MILLISECONDS)
            .build();
    server.start();
    pages.start();
    receipts.start();
    running = true;
    log.info("模拟邮件服务器：{}/ （SMTP 端口 {}）", address(), port);
  }

  @Override
  public void stop() {
    running = false;
    receipts.stop();
    pages.stop();
    if (server != null) {
      server.stop();
      server = null;
      socket = null;
    }
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

  private ServerSocket bind(int wanted) {
    try {
      return new ReservedSocket(wanted, BACKLOG, InetAddress.getByName(bind));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "模拟邮件服务器无法监听 " + bind + ":" + wanted + "，请检查端口是否被占用，或换一个 waymark.simulator.mail.port", e);
    }
  }

  @Override
  public String provider() {
    return "smtp";
  }

  @Override
  public String title() {
    return "模拟邮件服务器";
  }

  @Override
  public URI talks() {
    return endpoint().uri();
  }
}
