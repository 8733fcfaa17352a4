package io.waymark.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.Misbehaviour;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every provider owes the dispatcher, whatever its peer does: an answer that never says more
 * than is known. Each provider runs it against its own peer on a real socket.
 */
public abstract class ProviderContract {

  protected final UUID id = UUID.randomUUID();

  /** The provider as configured rightly. */
  protected abstract Provider provider();

  /** The same with a key the peer does not know. */
  protected abstract Provider impostor();

  /** The same with nobody at the other end. */
  protected abstract Provider alone(int port);

  protected abstract void misbehave(Misbehaviour now);

  protected abstract List<LedgerLine> ledger();

  protected abstract String address();

  protected abstract String text();

  protected abstract UnknownPolicy policy();

  /** By which id the peer knows the message; ours where its protocol carries it. */
  protected UUID ledgerId() {
    return id;
  }

  protected final AddressedMessage message() {
    return new AddressedMessage(id, provider().channel(), address(), null, text(), Map.of());
  }

  @Test
  void a_message_is_taken_once() {
    assertThat(provider().send(message())).isInstanceOf(Accepted.class);
    assertThat(ledger())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.messageId()).isEqualTo(ledgerId());
              assertThat(line.arrivals()).isEqualTo(1);
            });
  }

  @Test
  void a_busy_peer_has_certainly_not_taken_it_and_may_later() {
    misbehave(Peers.errors());

    assertThat(provider().send(message()))
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.temporary()).isTrue());
    assertThat(ledger()).isEmpty();
  }

  @Test
  void a_peer_that_throttles_is_left_alone_for_a_while() {
    misbehave(Peers.throttles());

    assertThat(provider().send(message()))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.temporary()).isTrue();
              assertThat(refusal.retryAfter()).isNotNull().isPositive();
            });
    assertThat(ledger()).isEmpty();
  }

  @Test
  void a_connection_lost_behind_the_request_leaves_it_unknown() {
    misbehave(Peers.drops());

    assertThat(provider().send(message())).isInstanceOf(Unknown.class);
  }

  @Test
  void silence_after_taking_it_leaves_it_unknown() {
    misbehave(Peers.silentAfterAccepting());
    Provider provider = provider();

    assertThat(provider.send(message())).isInstanceOf(Unknown.class);
    assertThat(ledger()).hasSize(1);
    assertThat(provider.whenUnknown()).isEqualTo(policy());
  }

  @Test
  void nobody_there_means_it_was_not_sent() throws java.io.IOException {
    int free;
    try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(alone(free).send(message()))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.temporary()).isTrue();
              assertThat(refusal.code()).isEqualTo("connect");
            });
  }

  @Test
  void a_wrong_key_is_refused_and_nothing_is_taken() {
    assertThat(impostor().send(message())).isInstanceOf(Rejected.class);
    assertThat(ledger()).isEmpty();
  }

  @Test
  void no_answer_holds_the_address_or_the_text() {
    for (Misbehaviour mood :
        List.of(Peers.errors(), Peers.throttles(), Peers.silentAfterAccepting())) {
      misbehave(mood);
      assertThat(provider().send(message()).toString())
          .doesNotContain(address())
          .doesNotContain(text());
    }
  }
}
