package io.waymark.channel;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.simulator.WebhookSimulator;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookProviderTest {

  private final WebhookSimulator peer = new WebhookSimulator(Peers.settings(), SECRET, CLOCK);
  private final URI target = peer.endpoint().uri();
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
  void a_message_arrives_signed_and_intact() {
    assertThat(provider(SECRET, target).send(to(target.toString())))
        .isEqualTo(new Accepted(id.toString()));
    assertThat(peer.ledger())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.messageId()).isEqualTo(id);
              assertThat(line.subject()).isEqualTo("新任务");
              assertThat(line.text()).isEqualTo("{\"客户\":\"C1\"}");
            });
  }

  @Test
  void a_wrong_secret_is_refused_by_the_receiver() {
    assertThat(provider(new Secret("other"), target).send(to(target.toString())))
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.code()).isEqualTo("signature"));
    assertThat(peer.ledger()).isEmpty();
  }

  @Test
  void silence_after_accepting_is_unknown_and_may_be_sent_again() {
    peer.misbehave(Peers.silentAfterAccepting());
    Provider provider = provider(SECRET, target);

    assertThat(provider.send(to(target.toString()))).isInstanceOf(Unknown.class);
    assertThat(provider.whenUnknown()).isEqualTo(UnknownPolicy.MAY_RESEND);
    peer.misbehave(Peers.good());
    assertThat(provider.send(to(target.toString()))).isInstanceOf(Accepted.class);
    assertThat(peer.ledger())
        .singleElement()
        .satisfies(line -> assertThat(line.arrivals()).isEqualTo(2));
  }

  @Test
  void a_target_that_is_not_allowed_is_refused_before_any_connection() throws IOException {
    try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "http://127.0.0.1:" + inside.getLocalPort() + "/hook";

      assertThat(provider(SECRET, target).send(to(address)))
          .isInstanceOfSatisfying(
              Rejected.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("target_refused");
                assertThat(refusal.temporary()).isFalse();
              });
      inside.setSoTimeout(300);
      Assertions.assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void an_address_that_is_no_url_is_refused() {
    assertThat(provider(SECRET, target).send(to("http://a b")))
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.code()).isEqualTo("address"));
  }

  private static Provider provider(Secret secret, URI allowed) {
    TargetAllowList targets =
        new TargetAllowList(List.of(allowed), List.of(), InetAddress::getAllByName);
    return new WebhookProvider(secret, targets, SECOND, SECOND, CLOCK);
  }

  private AddressedMessage to(String address) {
    return new AddressedMessage(id, Channel.WEBHOOK, address, "新任务", "{\"客户\":\"C1\"}", Map.of());
  }
}
