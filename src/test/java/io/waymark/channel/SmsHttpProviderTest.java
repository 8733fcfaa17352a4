package io.waymark.channel;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.NOWHERE;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static io.waymark.channel.Peers.sms;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.SmsSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmsHttpProviderTest {

  private final SmsSimulator peer = new SmsSimulator(Peers.settings(), SECRET, NOWHERE, CLOCK);
  private final UUID id = UUID.randomUUID();

  @BeforeEach
  void start() {
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void a_message_arrives_with_its_chinese_text_intact() {
    ProviderAnswer answer = provider().send(sms(id, "13800001234", "【路标】您好，定投扣款成功。"));

    assertThat(answer).isEqualTo(new Accepted("sms-" + id));
    assertThat(peer.ledger())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.messageId()).isEqualTo(id);
              assertThat(line.address()).isEqualTo("13800001234");
              assertThat(line.text()).isEqualTo("【路标】您好，定投扣款成功。");
            });
  }

  @Test
  void a_wrong_secret_is_refused_for_good_and_nothing_arrives() {
    ProviderAnswer answer =
        provider(peer.endpoint().uri(), new Secret("another secret"))
            .send(sms(id, "13800001234", "text"));

    assertThat(answer).isInstanceOf(Rejected.class);
    assertThat(((Rejected) answer).code()).isEqualTo("signature");
    assertThat(((Rejected) answer).temporary()).isFalse();
    assertThat(peer.ledger()).isEmpty();
  }

  @Test
  void sending_again_is_one_line_in_the_ledger_and_the_same_answer() {
    Provider provider = provider();
    ProviderAnswer first = provider.send(sms(id, "13800001234", "text"));
    ProviderAnswer second = provider.send(sms(id, "13800001234", "text"));

    assertThat(second).isEqualTo(first).isInstanceOf(Accepted.class);
    assertThat(peer.ledger()).singleElement().extracting(LedgerLine::arrivals).isEqualTo(2);
  }

  @Test
  void an_id_used_for_another_text_is_refused() {
    Provider provider = provider();
    provider.send(sms(id, "13800001234", "text"));
    ProviderAnswer answer = provider.send(sms(id, "13800001234", "another text"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.code()).isEqualTo("id_reused"));
    assertThat(peer.ledger()).singleElement().extracting(LedgerLine::text).isEqualTo("text");
  }

  @Test
  void silence_after_accepting_is_unknown_until_asked() {
    peer.misbehave(Peers.silentAfterAccepting());
    Provider provider = provider();

    assertThat(provider.send(sms(id, "13800001234", "text"))).isInstanceOf(Unknown.class);
    assertThat(provider.query(id)).contains(new Accepted("sms-" + id));
    assertThat(provider.whenUnknown()).isEqualTo(UnknownPolicy.NEVER_RESEND);
  }

  @Test
  void a_dropped_connection_is_unknown_and_the_provider_knows_no_such_message() {
    peer.misbehave(Peers.drops());
    Provider provider = provider();

    assertThat(provider.send(sms(id, "13800001234", "text"))).isInstanceOf(Unknown.class);
    assertThat(provider.query(id).orElseThrow()).isInstanceOf(Unknown.class);
    assertThat(peer.ledger()).isEmpty();
  }

  @Test
  void a_busy_provider_is_a_temporary_refusal() {
    peer.misbehave(Peers.errors());

    assertThat(provider().send(sms(id, "13800001234", "text")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.temporary()).isTrue();
              assertThat(refusal.code()).isEqualTo("busy");
            });
    assertThat(peer.ledger()).isEmpty();
  }

  @Test
  void a_number_that_is_none_is_a_final_refusal_without_the_number_in_the_reason() {
    assertThat(provider().send(sms(id, "not-a-number", "text")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.temporary()).isFalse();
              assertThat(refusal.code()).isEqualTo("invalid_number");
              assertThat(refusal.reason()).doesNotContain("not-a-number");
            });
  }

  @Test
  void a_provider_that_is_not_there_certainly_took_nothing() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + free + "/v1/messages");
    Provider provider = provider(nobody, SECRET);

    assertThat(provider.send(sms(id, "13800001234", "text")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("connect");
              assertThat(refusal.temporary()).isTrue();
            });
    assertThat(provider.query(id)).isEmpty();
  }

  @Test
  void each_status_has_its_meaning() throws IOException {
    Map<Integer, String> meanings =
        Map.of(
            400, "final",
            404, "final",
            302, "final",
            408, "temporary",
            429, "temporary",
            500, "temporary",
            503, "temporary",
            502, "unknown",
            504, "unknown");
    for (Map.Entry<Integer, String> entry : meanings.entrySet()) {
      assertThat(meaning(answerTo(entry.getKey())))
          .as("HTTP %d", entry.getKey())
          .isEqualTo(entry.getValue());
    }
  }

  @Test
  void an_answer_whose_body_never_ends_is_given_up_in_time() throws IOException {
    HttpServer endless =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endless.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    endless.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + endless.getAddress().getPort() + "/");
      long before = System.nanoTime();
      ProviderAnswer answer = provider(uri, SECRET).send(sms(id, "13800001234", "text"));

      assertThat(answer).isInstanceOf(Unknown.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void a_simulator_comes_back_on_the_same_port_with_its_ledger() {
    provider().send(sms(id, "13800001234", "text"));
    peer.stop();
    peer.start();

    assertThat(provider().query(id)).contains(new Accepted("sms-" + id));
  }

  private static ProviderAnswer answerTo(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      return provider(uri, SECRET).send(sms(UUID.randomUUID(), "13800001234", "text"));
    } finally {
      server.stop(0);
    }
  }

  private static String meaning(ProviderAnswer answer) {
    if (answer instanceof Rejected refusal) {
      return refusal.temporary() ? "temporary" : "final";
    }
    return answer instanceof Unknown ? "unknown" : "accepted";
  }

  private Provider provider() {
    return provider(peer.endpoint().uri(), SECRET);
  }

  private static Provider provider(URI uri, Secret secret) {
    ProviderEndpoint endpoint =
        new ProviderEndpoint(io.waymark.platform.Channel.SMS, uri, "simulator", secret, secret);
    return new SmsHttpProvider(endpoint, SECOND, SECOND, CLOCK);
  }
}
