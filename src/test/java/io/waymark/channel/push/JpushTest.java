package io.waymark.channel.push;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.Peers;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderContract;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIdsInMemory;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.simulator.JpushSimulator;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.platform.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JpushTest extends ProviderContract {

  private final SentIdsInMemory sentIds = new SentIdsInMemory();
  private final JpushSimulator peer = new JpushSimulator(Peers.settings(), SECRET, CLOCK);

  @BeforeEach
  void start() {
    peer.misbehave(Peers.good());
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  /** 极光《Push API v3》, 调用验证: https://docs.jiguang.cn/jpush/server/push/rest_api_v3_push */
  @Test
  void the_login_is_the_published_one() {
    assertThat(Jpush.login("7d431e42dfa6a6d693ac2d04", new Secret("5e987ac6d2e04d95a9d8f0d1")))
        .isEqualTo("Basic N2Q0MzFlNDJkZmE2YTZkNjkzYWMyZDA0OjVlOTg3YWM2ZDJlMDRkOTVhOWQ4ZjBkMQ==");
  }

  @Test
  void an_unknown_push_sent_again_is_one_push() {
    peer.misbehave(Peers.silentAfterAccepting());
    Provider provider = provider();
    assertThat(provider.send(message())).isInstanceOf(ProviderAnswer.Unknown.class);
    peer.misbehave(Peers.good());

    assertThat(provider.send(message())).isInstanceOf(Accepted.class);
    assertThat(ledger()).singleElement().extracting(LedgerLine::arrivals).isEqualTo(2);
  }

  @Test
  void a_device_that_is_gone_is_refused_for_good() {
    assertThat(
            provider()
                .send(
                    new AddressedMessage(
                        id, Channel.PUSH, JpushSimulator.GONE, null, text(), Map.of())))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("1011");
              assertThat(refusal.temporary()).isFalse();
            });
  }

  @Test
  void what_reached_the_device_is_asked_for_and_told_once() {
    Jpush provider = provider(peer.address(), SECRET);
    provider.send(message());

    assertThat(provider.look()).singleElement().extracting("messageId").isEqualTo(id);
    assertThat(provider.look()).isEmpty();
  }

  private Jpush provider(URI endpoint, Secret secret) {
    return new Jpush(
        new JpushSettings(
            JpushSimulator.APP_KEY,
            secret,
            endpoint,
            endpoint,
            Duration.ofDays(1),
            true,
            SECOND,
            SECOND,
            SECOND),
        secret,
        sentIds,
        CLOCK);
  }

  @Override
  protected Provider provider() {
    return provider(peer.address(), SECRET);
  }

  @Override
  protected Provider impostor() {
    return provider(peer.address(), new Secret("another"));
  }

  @Override
  protected Provider alone(int port) {
    return provider(URI.create("http://127.0.0.1:" + port), SECRET);
  }

  @Override
  protected void misbehave(Misbehaviour now) {
    peer.misbehave(now);
  }

  @Override
  protected List<LedgerLine> ledger() {
    return peer.ledger();
  }

  @Override
  protected String address() {
    return "171976fa8a8620a14a4";
  }

  @Override
  protected String text() {
    return "您关注的投教讲堂今晚八点开讲。";
  }

  @Override
  protected UnknownPolicy policy() {
    return UnknownPolicy.MAY_RESEND;
  }
}
