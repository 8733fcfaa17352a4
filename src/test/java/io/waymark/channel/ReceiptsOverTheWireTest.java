package io.waymark.channel;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static io.waymark.channel.Peers.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.MailSimulator;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.SmsSimulator;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptsOverTheWireTest {

  private final List<Receipt> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger failuresFirst = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final ReceiptIntake intake =
      new ReceiptIntake(
          Map.of(
              "sms-http", new ReceiptSource(Channel.SMS, SECRET),
              "smtp", new ReceiptSource(Channel.EMAIL, SECRET)),
          List.of(received::addAll),
          CLOCK);
  private final HttpServer application;
  private final Supplier<Optional<URI>> base;
  private final UUID id = UUID.randomUUID();

  ReceiptsOverTheWireTest() throws IOException {
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.createContext("/hooks/receipts/", this::take);
    URI address = URI.create("http://127.0.0.1:" + application.getAddress().getPort());
    base = () -> Optional.of(address);
  }

  @BeforeEach
  void start() {
    application.start();
  }

  @AfterEach
  void stop() {
    application.stop(0);
  }

  @Test
  void a_text_message_is_reported_delivered_once() throws InterruptedException {
    try (Running<SmsSimulator> peer = sms(Peers.good())) {
      send(peer.simulator());
      eventually(() -> received.size() == 1);
      Thread.sleep(150);

      assertThat(received)
          .singleElement()
          .extracting(Receipt::kind)
          .isEqualTo(ReceiptKind.DELIVERED);
      assertThat(received.get(0).messageId()).isEqualTo(id);
      assertThat(peer.simulator().ledger())
          .singleElement()
          .extracting(LedgerLine::fate)
          .isEqualTo("delivered");
    }
  }

  @Test
  void a_repeated_receipt_reaches_the_listener_twice_under_one_id() {
    try (Running<SmsSimulator> peer = sms(Peers.failsAndRepeatsReceipts())) {
      send(peer.simulator());
      eventually(() -> received.size() == 2);

      assertThat(received).extracting(Receipt::kind).containsOnly(ReceiptKind.FAILED);
      assertThat(received)
          .extracting(Receipt::providerReceiptId)
          .containsOnly("r-" + id + "-failed");
    }
  }

  @Test
  void receipts_wait_for_an_application_in_trouble() {
    failuresFirst.set(1);
    try (Running<SmsSimulator> peer = sms(Peers.good())) {
      send(peer.simulator());
      eventually(() -> received.size() == 1);
      assertThat(failuresFirst).hasValue(0);
    }
  }

  @Test
  void late_receipts_are_overtaken() {
    Misbehaviour halfLate = new Misbehaviour(0, 0, 0, 0, 0, 0, 0.5, 100, 0, 0, 0, 0);
    try (Running<SmsSimulator> peer = sms(halfLate)) {
      Provider provider = provider(peer.simulator());
      List<UUID> sent =
          java.util.stream.LongStream.range(0, 12).mapToObj(i -> new UUID(7, i)).toList();
      sent.forEach(message -> provider.send(sms(message, "13800001234", "text")));
      eventually(() -> received.size() == sent.size());

      assertThat(received).extracting(Receipt::messageId).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(received).extracting(Receipt::messageId).isNotEqualTo(sent);
    }
  }

  @Test
  void a_mail_is_reported_delivered_opened_and_clicked() {
    MailSimulator simulator = new MailSimulator(Peers.settings(), SECRET, base, CLOCK);
    simulator.start();
    try {
      SmtpSettings settings =
          new SmtpSettings(null, 0, "", null, false, true, "", "", "", null, SECOND, SECOND);
      Provider provider = new SmtpProvider(simulator.endpoint(), settings.forSimulator(), CLOCK);
      provider.send(
          new AddressedMessage(id, Channel.EMAIL, "wang@customer.example", "s", "t", Map.of()));
      eventually(() -> received.size() == 3);

      assertThat(received)
          .extracting(Receipt::kind)
          .containsExactly(ReceiptKind.DELIVERED, ReceiptKind.OPENED, ReceiptKind.CLICKED);
      assertThat(received).extracting(Receipt::channel).containsOnly(Channel.EMAIL);
    } finally {
      simulator.stop();
    }
  }

  @Test
  void receipts_signed_with_another_secret_are_not_believed() {
    SmsSimulator impostor = new SmsSimulator(Peers.settings(), new Secret("impostor"), base, CLOCK);
    try (Running<SmsSimulator> peer = new Running<>(impostor)) {
      send(peer.simulator());
      eventually(() -> refusals.get() > 0);
      assertThat(received).isEmpty();
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (failuresFirst.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      Map<String, String> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      intake.accept(path.substring(path.lastIndexOf('/') + 1), headers, body);
      exchange.sendResponseHeaders(204, -1);
    } catch (ReceiptRefusedException e) {
      refusals.incrementAndGet();
      exchange.sendResponseHeaders(401, -1);
    }
  }

  private void send(SmsSimulator simulator) {
    assertThat(provider(simulator).send(sms(id, "13800001234", "text")))
        .isInstanceOf(ProviderAnswer.Accepted.class);
  }

  private static Provider provider(SmsSimulator simulator) {
    return new SmsHttpProvider(simulator.endpoint(), SECOND, SECOND, CLOCK);
  }

  private Running<SmsSimulator> sms(Misbehaviour misbehaviour) {
    return new Running<>(new SmsSimulator(Peers.settings(misbehaviour), SECRET, base, CLOCK));
  }

  private static AddressedMessage sms(UUID id, String to, String text) {
    return Peers.sms(id, to, text);
  }

  /** A simulator that is stopped when the test leaves it. */
  private record Running<S extends org.springframework.context.SmartLifecycle>(S simulator)
      implements AutoCloseable {
    private Running {
      simulator.start();
    }

    @Override
    public void close() {
      simulator.stop();
    }
  }
}
