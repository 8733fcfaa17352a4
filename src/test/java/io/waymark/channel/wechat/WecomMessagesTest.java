package io.waymark.channel.wechat;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.CallbackApplication;
import io.waymark.channel.CallbackRequest;
import io.waymark.channel.Peers;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderContract;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIdsInMemory;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.WecomSimulator;
import io.waymark.platform.Channel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WecomMessagesTest extends ProviderContract {

  private static final WechatCrypt CRYPT =
      new WechatCrypt(
          "callback-token", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", WecomSimulator.CORP_ID);

  private final SentIdsInMemory sentIds = new SentIdsInMemory();
  private final TokensInMemory shared = new TokensInMemory();
  private final WechatCallbacks callbacks =
      new WechatCallbacks("wecom", Channel.WECOM, CRYPT, sentIds, CLOCK);
  private final CallbackApplication application = new CallbackApplication("wecom", callbacks);
  private final WecomSimulator peer =
      new WecomSimulator(Peers.settings(), SECRET, CRYPT, application::address, CLOCK);

  @BeforeEach
  void start() {
    peer.misbehave(Peers.good());
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop();
    application.close();
  }

  @Override
  protected UUID ledgerId() {
    return WecomSimulator.idOf(address(), text());
  }

  @Test
  void what_the_colleague_did_is_asked_for_and_told_once() {
    WecomMessages provider = provider(peer.address(), SECRET);
    provider.send(message());

    assertThat(provider.look())
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.messageId()).isEqualTo(id);
              assertThat(receipt.kind()).isEqualTo(ReceiptKind.DELIVERED);
            });
    assertThat(provider.look()).isEmpty();
  }

  @Test
  void a_customer_who_is_no_friend_any_more_is_a_failure() {
    peer.misbehave(Peers.failsAndRepeatsReceipts());
    WecomMessages provider = provider(peer.address(), SECRET);
    provider.send(message());

    assertThat(provider.look())
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.kind()).isEqualTo(ReceiptKind.FAILED);
              assertThat(receipt.detail()).isEqualTo("not_a_friend");
            });
  }

  @Test
  void a_customer_nobody_knows_is_refused_for_good() {
    assertThat(
            provider()
                .send(
                    new AddressedMessage(
                        id, Channel.WECOM, WecomSimulator.STRANGER, null, text(), Map.of())))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("not_a_contact");
              assertThat(refusal.temporary()).isFalse();
            });
  }

  @Test
  void a_token_that_ended_is_renewed_and_the_message_goes_out_once() {
    Provider provider = provider();
    provider.send(message());
    peer.takeTokensBack();

    AddressedMessage second =
        new AddressedMessage(
            UUID.randomUUID(), Channel.WECOM, address(), null, text() + "二", Map.of());
    assertThat(provider.send(second)).isInstanceOf(Accepted.class);

    assertThat(peer.tokensGiven()).isEqualTo(2);
    assertThat(ledger()).hasSize(2);
  }

  @Test
  void what_a_customer_writes_comes_in() {
    peer.reply("wm-1", "TD");

    Peers.eventually(() -> application.replies.size() == 1);
    assertThat(application.replies.get(0).channel()).isEqualTo(Channel.WECOM);
  }

  @Test
  void the_address_check_is_answered_decrypted() {
    String now = Long.toString(CLOCK.instant().getEpochSecond());
    String echo = CRYPT.encrypt("1616140317555161061");
    Map<String, String> query =
        Map.of(
            "msg_signature",
            CRYPT.signature(now, "n1", echo),
            "timestamp",
            now,
            "nonce",
            "n1",
            "echostr",
            echo);

    assertThat(
            callbacks
                .read(new CallbackRequest("GET", "callback", query, Map.of(), new byte[0]))
                .answer())
        .isEqualTo("1616140317555161061");
  }

  private WecomMessages provider(URI endpoint, Secret secret) {
    return new WecomMessages(
        new WecomSettings(
            WecomSimulator.CORP_ID,
            secret,
            endpoint,
            "zhangsan",
            null,
            null,
            SECOND,
            SECOND,
            SECOND),
        secret,
        shared,
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
    shared.lease("wecom", CLOCK.instant(), CLOCK.instant().plus(SECOND));
    shared.write(
        "wecom", new TokenRows.Token("kept", CLOCK.instant().plusSeconds(3600)), CLOCK.instant());
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
    return "wm-1234-abcd";
  }

  @Override
  protected String text() {
    return "您关注的投教讲堂今晚八点开讲。";
  }

  @Override
  protected UnknownPolicy policy() {
    return UnknownPolicy.NEVER_RESEND;
  }
}
