package io.waymark.channel.sms;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.CallbackApplication;
import io.waymark.channel.CallbackPass;
import io.waymark.channel.Peers;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.ProviderContract;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIdsInMemory;
import io.waymark.channel.SentMessage;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.TencentSimulator;
import io.waymark.channel.vendor.RegisteredTemplates;
import io.waymark.platform.Channel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TencentSmsTest extends ProviderContract {

  private final SentIdsInMemory sentIds = new SentIdsInMemory();
  private static final CallbackPass PASS = new CallbackPass("known-to-the-vendor");

  private final CallbackApplication application =
      new CallbackApplication("tencent-sms", new TencentCallbacks(PASS, sentIds, CLOCK));
  private final TencentSimulator peer =
      new TencentSimulator(Peers.settings(), SECRET, application::address, PASS.clear(), CLOCK);

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
  void the_vendor_gets_the_registered_template_and_the_values_that_make_the_text() {
    provider().send(message());

    assertThat(peer.ledger())
        .singleElement()
        .extracting(LedgerLine::text)
        .isEqualTo("1001 [\"王女士\",\"稳健一号\"]");
  }

  @Test
  void a_text_that_was_never_registered_is_not_sent() {
    for (String text :
        List.of("【路标】您好王女士，您持有的稳健一号明日开放申购。拒收请回复R", text() + "另送礼品", "【别家】" + text().substring(4))) {
      assertThat(provider().send(with(text)))
          .isInstanceOfSatisfying(
              Rejected.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("template_unregistered");
                assertThat(refusal.temporary()).isFalse();
              });
    }
    assertThat(peer.ledger()).isEmpty();
  }

  @Test
  void an_unknown_message_is_found_by_its_number() {
    peer.misbehave(Peers.silentAfterAccepting());
    Provider provider = provider();
    assertThat(provider.send(message())).isInstanceOf(Unknown.class);

    assertThat(provider.query(new SentMessage(id, address(), CLOCK.instant())))
        .containsInstanceOf(Accepted.class);
    assertThat(provider.query(new SentMessage(UUID.randomUUID(), address(), CLOCK.instant())))
        .containsInstanceOf(Unknown.class);
  }

  @Test
  void reports_become_receipts_and_say_the_same_when_they_come_twice() {
    peer.misbehave(Peers.failsAndRepeatsReceipts());
    provider().send(message());

    Peers.eventually(() -> application.receipts.size() == 2);
    assertThat(application.receipts).extracting(Receipt::kind).containsOnly(ReceiptKind.FAILED);
    assertThat(application.receipts.get(0).providerReceiptId())
        .isEqualTo(application.receipts.get(1).providerReceiptId());
  }

  @Test
  void a_reply_comes_in_with_number_and_words() {
    peer.reply("13800001234", "ＴＤ");

    Peers.eventually(() -> application.replies.size() == 1);
    assertThat(application.replies.get(0).address()).isEqualTo("13800001234");
    assertThat(application.replies.get(0).text()).isEqualTo("ＴＤ");
    assertThat(application.replies.get(0).toString()).doesNotContain("1380000");
  }

  @Test
  void a_report_that_overtakes_our_own_record_is_asked_for_again() {
    TencentCallbacks reader = new TencentCallbacks(PASS, sentIds, CLOCK);
    String now = io.waymark.channel.vendor.ShanghaiTime.write(CLOCK.instant());

    assertThat(reader.read(report("2640:early", now)).again()).isTrue();
    assertThat(reader.read(report("2640:another-system", "2026-01-01 10:00:00")).again()).isFalse();

    sentIds.remember("tencent-sms", id, List.of("2640:early"));
    assertThat(reader.read(report("2640:early", now)).receipts()).hasSize(1);
  }

  private static io.waymark.channel.CallbackRequest report(String serial, String at) {
    String body =
        """
        [{"user_receive_time":"%s","nationcode":"86","mobile":"13800001234",
          "report_status":"SUCCESS","errmsg":"DELIVRD","description":"用户短信送达成功","sid":"%s"}]
        """
            .formatted(at, serial);
    return new io.waymark.channel.CallbackRequest(
        "POST",
        PASS.clear(),
        Map.of(),
        Map.of(),
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void a_callback_without_the_pass_is_refused() {
    TencentSimulator impostor =
        new TencentSimulator(Peers.settings(), SECRET, application::address, "guessed", CLOCK);
    impostor.start();
    try {
      impostor.reply("13800001234", "R");
      Peers.eventually(() -> application.answers.contains(401));
      assertThat(application.replies).isEmpty();
    } finally {
      impostor.stop();
    }
  }

  @Test
  void a_number_that_is_none_is_refused_for_good() {
    ProviderAnswer answer =
        provider().send(new AddressedMessage(id, Channel.SMS, "12", null, text(), Map.of()));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("InvalidParameterValue.IncorrectPhoneNumber");
              assertThat(refusal.temporary()).isFalse();
            });
  }

  @Test
  void delivered_is_reported_as_delivered() {
    provider().send(message());

    Peers.eventually(() -> application.receipts.size() == 1);
    assertThat(application.receipts.get(0).kind()).isEqualTo(ReceiptKind.DELIVERED);
    assertThat(application.receipts.get(0).messageId()).isEqualTo(id);
  }

  private AddressedMessage with(String text) {
    return new AddressedMessage(UUID.randomUUID(), Channel.SMS, address(), null, text, Map.of());
  }

  private Provider provider(URI endpoint, Secret secret) {
    return new TencentSms(
        new TencentSettings(
            TencentSimulator.SECRET_ID,
            secret,
            endpoint,
            "ap-guangzhou",
            "1400006666",
            "路标",
            List.of(new RegisteredTemplates.Entry("1001", "您好{1}，您持有的{2}今日开放申购。拒收请回复R")),
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
    return "13800001234";
  }

  @Override
  protected String text() {
    return "【路标】您好王女士，您持有的稳健一号今日开放申购。拒收请回复R";
  }

  @Override
  protected UnknownPolicy policy() {
    return UnknownPolicy.NEVER_RESEND;
  }
}
