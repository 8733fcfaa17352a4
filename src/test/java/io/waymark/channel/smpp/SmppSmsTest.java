package io.waymark.channel.smpp;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.Inbound;
import io.waymark.channel.Peers;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderContract;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptListener;
import io.waymark.channel.Reply;
import io.waymark.channel.ReplyListener;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIdsInMemory;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.SmppSimulator;
import io.waymark.platform.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class SmppSmsTest extends ProviderContract {

  private static final Secret PASSWORD = new Secret("pass1234");
  private static final String LONG = "【路标】" + "您关注的投教讲堂今晚八点开讲。".repeat(12) + "😀拒收请回复R";

  private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
  private final List<Reply> replies = new CopyOnWriteArrayList<>();
  private final SentIdsInMemory sentIds = new SentIdsInMemory();
  private final List<SmppLink> links = new ArrayList<>();
  private final SmppSimulator peer =
      new SmppSimulator(Peers.settings(Peers.good()), PASSWORD, CLOCK);

  @BeforeEach
  void start() {
    peer.misbehave(Peers.good());
    peer.start();
  }

  @AfterEach
  void stop() {
    links.forEach(SmppLink::close);
    peer.stop();
  }

  @Test
  void a_long_message_arrives_whole_and_is_delivered_once_all_its_parts_are() {
    AddressedMessage message =
        new AddressedMessage(id, Channel.SMS, address(), null, LONG, Map.of());

    assertThat(provider().send(message)).isInstanceOf(Accepted.class);

    assertThat(peer.ledger()).singleElement().extracting(LedgerLine::text).isEqualTo(LONG);
    Peers.eventually(() -> !receipts.isEmpty());
    assertThat(receipts).allSatisfy(one -> assertThat(one.messageId()).isEqualTo(id));
    assertThat(receipts).extracting(Receipt::kind).containsOnly(ReceiptKind.DELIVERED);
    assertThat(receipts)
        .extracting(Receipt::providerReceiptId)
        .containsOnly("smpp:" + id + ":delivered");
  }

  @Test
  void a_long_message_can_be_split_by_optional_parameters() {
    Provider sar = provider(peer.port(), PASSWORD, "sar");

    assertThat(sar.send(new AddressedMessage(id, Channel.SMS, address(), null, LONG, Map.of())))
        .isInstanceOf(Accepted.class);
    assertThat(peer.ledger()).hasSize(SmppText.split(LONG).size());
  }

  @Test
  void parts_are_within_140_bytes_and_never_break_a_character() {
    for (int shift = 0; shift < 70; shift++) {
      String text = "。".repeat(shift) + "😀".repeat(60);
      StringBuilder joined = new StringBuilder();
      for (byte[] part : SmppText.split(text)) {
        assertThat(part.length + 6).isLessThanOrEqualTo(140);
        String words = new String(part, StandardCharsets.UTF_16BE);
        assertThat(Character.isHighSurrogate(words.charAt(words.length() - 1))).isFalse();
        joined.append(words);
      }
      assertThat(joined).hasToString(text);
    }
  }

  @Test
  void a_failure_of_any_part_is_a_failure_however_often_it_is_told() {
    peer.misbehave(Peers.failsAndRepeatsReceipts());
    provider().send(message());

    Peers.eventually(() -> receipts.size() >= 2);
    assertThat(receipts).extracting(Receipt::kind).containsOnly(ReceiptKind.FAILED);
    assertThat(receipts)
        .extracting(Receipt::providerReceiptId)
        .containsOnly("smpp:" + id + ":failed");
  }

  @Test
  void after_the_carrier_hung_up_the_next_message_goes_by_a_new_connection() {
    Provider provider = provider();
    provider.send(message());
    peer.hangUp();

    Peers.eventually(
        () ->
            provider.send(
                    new AddressedMessage(
                        UUID.randomUUID(), Channel.SMS, address(), null, "第二条", Map.of()))
                instanceof Accepted);
  }

  @Test
  void what_a_customer_writes_comes_in_by_the_same_connection() {
    provider().send(message());
    peer.reply("8613800001234", "ｔｄ");

    Peers.eventually(() -> replies.size() == 1);
    assertThat(replies.get(0).address()).isEqualTo("13800001234");
    assertThat(replies.get(0).text()).isEqualTo("ｔｄ");
  }

  @Test
  void a_report_that_overtakes_our_record_is_brought_again() {
    SentIdsInMemory slow = new SentIdsInMemory();
    Provider provider = provider(peer.port(), PASSWORD, "udh", slow);
    peer.misbehave(new Misbehaviour(300, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    provider.send(message());

    Peers.eventually(() -> !receipts.isEmpty());
    assertThat(receipts.get(0).messageId()).isEqualTo(id);
  }

  private Inbound inbound() {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    ReceiptListener ended = receipts::addAll;
    ReplyListener written = replies::addAll;
    beans.addBean("receipts", ended);
    beans.addBean("replies", written);
    return new Inbound(
        beans.getBeanProvider(ReceiptListener.class), beans.getBeanProvider(ReplyListener.class));
  }

  private Provider provider(int port, Secret password, String longMessages) {
    return provider(port, password, longMessages, sentIds);
  }

  private Provider provider(int port, Secret password, String longMessages, SentIdsInMemory ids) {
    SmppSettings settings =
        new SmppSettings(
            "127.0.0.1",
            port,
            SmppSimulator.SYSTEM_ID,
            password,
            "",
            "10690001",
            longMessages,
            10,
            Duration.ofSeconds(30),
            SECOND,
            SECOND,
            false);
    SmppLink link = new SmppLink(settings, password, new SmppReceiver(ids, inbound(), CLOCK));
    links.add(link);
    return new SmppSms(settings, link, ids);
  }

  @Override
  protected UUID ledgerId() {
    return SmppSimulator.idOf(address(), text());
  }

  @Override
  protected Provider provider() {
    return provider(peer.port(), PASSWORD, "udh");
  }

  @Override
  protected Provider impostor() {
    return provider(peer.port(), new Secret("wrong"), "udh");
  }

  @Override
  protected Provider alone(int port) {
    return provider(port, PASSWORD, "udh");
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
    return "【路标】您好，定投扣款成功。";
  }

  @Override
  protected UnknownPolicy policy() {
    return UnknownPolicy.NEVER_RESEND;
  }
}
