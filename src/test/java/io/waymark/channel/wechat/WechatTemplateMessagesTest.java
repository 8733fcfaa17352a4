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
import io.waymark.channel.ReceiptRefusedException;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIdsInMemory;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.WechatSimulator;
import io.waymark.channel.vendor.RegisteredTemplates;
import io.waymark.platform.Channel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WechatTemplateMessagesTest extends ProviderContract {

  private static final WechatCrypt CRYPT =
      new WechatCrypt(
          "callback-token", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", WechatSimulator.APP_ID);

  private final SentIdsInMemory sentIds = new SentIdsInMemory();
  private final TokensInMemory shared = new TokensInMemory();
  private final WechatCallbacks callbacks =
      new WechatCallbacks("wechat", Channel.WECHAT, CRYPT, sentIds, CLOCK);
  private final CallbackApplication application = new CallbackApplication("wechat", callbacks);
  private final WechatSimulator peer =
      new WechatSimulator(Peers.settings(), SECRET, CRYPT, application::address, CLOCK);

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

  @Test
  void the_text_becomes_the_places_of_its_template() {
    provider().send(message());

    assertThat(ledger().get(0).text())
        .startsWith("TM-1 ")
        .contains("\"thing1\":{\"value\":\"定投扣款\"}")
        .contains("\"date2\":{\"value\":\"11月23日\"}");
  }

  @Test
  void a_token_that_ended_is_renewed_and_the_message_goes_out_once() {
    Provider provider = provider();
    provider.send(message());
    peer.takeTokensBack();

    AddressedMessage second =
        new AddressedMessage(UUID.randomUUID(), Channel.WECHAT, address(), null, text(), Map.of());
    assertThat(provider.send(second)).isInstanceOf(Accepted.class);

    assertThat(peer.tokensGiven()).isEqualTo(2);
    assertThat(ledger()).hasSize(2).allSatisfy(line -> assertThat(line.arrivals()).isEqualTo(1));
  }

  @Test
  void many_senders_on_several_nodes_fetch_one_token() {
    List<Provider> nodes = List.of(provider(), provider(), provider());
    List<CompletableFuture<?>> calls = new java.util.ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Provider node = nodes.get(i % 3);
      calls.add(
          CompletableFuture.runAsync(
              () ->
                  node.send(
                      new AddressedMessage(
                          UUID.randomUUID(), Channel.WECHAT, address(), null, text(), Map.of()))));
    }
    calls.forEach(CompletableFuture::join);

    assertThat(ledger()).hasSize(12);
    assertThat(peer.tokensGiven()).isEqualTo(1);
  }

  @Test
  void who_does_not_follow_the_account_is_refused_for_good() {
    assertThat(
            provider()
                .send(
                    new AddressedMessage(
                        id, Channel.WECHAT, WechatSimulator.STRANGER, null, text(), Map.of())))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("43004");
              assertThat(refusal.temporary()).isFalse();
            });
  }

  @Test
  void the_end_of_the_job_becomes_a_receipt() {
    provider().send(message());

    Peers.eventually(() -> !application.receipts.isEmpty());
    assertThat(application.receipts.get(0).kind()).isEqualTo(ReceiptKind.DELIVERED);
    assertThat(application.receipts.get(0).messageId()).isEqualTo(id);
  }

  @Test
  void a_failed_job_that_is_told_twice_is_one_receipt_by_its_id() {
    peer.misbehave(Peers.failsAndRepeatsReceipts());
    provider().send(message());

    Peers.eventually(() -> application.receipts.size() == 2);
    assertThat(application.receipts)
        .extracting(receipt -> receipt.kind() + receipt.providerReceiptId())
        .containsOnly(ReceiptKind.FAILED + application.receipts.get(0).providerReceiptId());
  }

  @Test
  void what_a_follower_writes_comes_in() {
    peer.reply("o-follower", "退订");

    Peers.eventually(() -> application.replies.size() == 1);
    assertThat(application.replies.get(0).address()).isEqualTo("o-follower");
    assertThat(application.replies.get(0).text()).isEqualTo("退订");
  }

  @Test
  void the_address_check_is_echoed_and_a_wrong_signature_is_not() {
    String now = Long.toString(CLOCK.instant().getEpochSecond());
    Map<String, String> right =
        Map.of(
            "signature",
            CRYPT.signature(now, "n1"),
            "timestamp",
            now,
            "nonce",
            "n1",
            "echostr",
            "echo-me");

    assertThat(callbacks.read(check(right)).answer()).isEqualTo("echo-me");

    Map<String, String> wrong = new java.util.HashMap<>(right);
    wrong.put("signature", "0");
    Assertions.assertThatThrownBy(() -> callbacks.read(check(wrong)))
        .isInstanceOf(ReceiptRefusedException.class);
  }

  @Test
  void an_old_callback_is_refused_even_when_its_signature_is_right() {
    String old = Long.toString(CLOCK.instant().getEpochSecond() - 3600);
    Map<String, String> query =
        Map.of(
            "signature",
            CRYPT.signature(old, "n1"),
            "timestamp",
            old,
            "nonce",
            "n1",
            "echostr",
            "echo-me");

    Assertions.assertThatThrownBy(() -> callbacks.read(check(query)))
        .isInstanceOfSatisfying(
            ReceiptRefusedException.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(ReceiptRefusedException.Reason.OUTSIDE_WINDOW));
  }

  private static CallbackRequest check(Map<String, String> query) {
    return new CallbackRequest("GET", "callback", query, Map.of(), new byte[0]);
  }

  private Provider provider(URI endpoint, Secret secret) {
    return new WechatTemplateMessages(
        new WechatSettings(
            WechatSimulator.APP_ID,
            secret,
            endpoint,
            null,
            null,
            List.of(
                new RegisteredTemplates.Entry(
                    "TM-1", "{{thing1.DATA}}将于{{date2.DATA}}进行，请留意账户余额。")),
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
    shared.lease("wechat", CLOCK.instant(), CLOCK.instant().plus(SECOND));
    shared.write(
        "wechat", new TokenRows.Token("kept", CLOCK.instant().plusSeconds(3600)), CLOCK.instant());
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
    return "oABCD-1234";
  }

  @Override
  protected String text() {
    return "定投扣款将于11月23日进行，请留意账户余额。";
  }

  @Override
  protected UnknownPolicy policy() {
    return UnknownPolicy.NEVER_RESEND;
  }
}
