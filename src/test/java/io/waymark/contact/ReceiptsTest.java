package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ContactSlice
class ReceiptsTest {

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired Receipts receipts;
  @Autowired ChannelDeliveries deliveries;
  @Autowired Consents consents;
  @Autowired MovableClock clock;

  @Test
  void a_receipt_that_comes_twice_is_one_event() {
    Person person = world.person();
    UUID id = dispatched(person, Channel.SMS);
    Receipt receipt = receipt(id, Channel.SMS, ReceiptKind.DELIVERED, null, "d");
    receipts.received(List.of(receipt, receipt));
    receipts.received(List.of(receipt));
    assertThat(world.events(person, "message.delivered")).hasSize(1);
    assertThat(world.events(person, "message.settled")).hasSize(1);
  }

  @Test
  void the_same_receipt_in_two_requests_at_once_is_one_event() throws Exception {
    Person person = world.person();
    UUID id = dispatched(person, Channel.SMS);
    Receipt receipt = receipt(id, Channel.SMS, ReceiptKind.DELIVERED, null, "d");
    List<CompletableFuture<Void>> both =
        List.of(
            CompletableFuture.runAsync(() -> receipts.received(List.of(receipt))),
            CompletableFuture.runAsync(() -> receipts.received(List.of(receipt))));
    for (CompletableFuture<Void> one : both) {
      one.get(10, TimeUnit.SECONDS);
    }
    assertThat(world.events(person, "message.delivered")).hasSize(1);
    assertThat(world.events(person, "message.settled")).hasSize(1);
  }

  @Test
  void a_failure_settles_the_message_and_gives_its_place_back() {
    Person person = world.person();
    UUID id = dispatched(person, Channel.SMS);
    receipts.received(List.of(receipt(id, Channel.SMS, ReceiptKind.FAILED, "UNDELIV", "f")));
    assertThat(world.events(person, "message.settled"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.properties())
                    .containsEntry("outcome", "failed")
                    .containsEntry("reason", "UNDELIV"));
    assertThat(world.events(person, "message.failed")).hasSize(1);
    assertThat(world.count("select count(*) from contact_reservation where message_id = ?", id))
        .isZero();
  }

  @Test
  void a_bounce_after_an_email_was_settled_is_told_and_not_settled_again() {
    Person person = world.person();
    UUID id = dispatched(person, Channel.EMAIL);
    receipts.received(List.of(receipt(id, Channel.EMAIL, ReceiptKind.BOUNCED, "5.1.1", "b")));
    assertThat(world.events(person, "message.settled")).hasSize(1);
    assertThat(world.events(person, "message.failed")).hasSize(1);
    assertThat(world.status(id)).isEqualTo("failed");
  }

  @Test
  void clicks_become_events_a_journey_can_wait_for() {
    Person person = world.person();
    UUID id = dispatched(person, Channel.EMAIL);
    receipts.received(
        List.of(
            receipt(id, Channel.EMAIL, ReceiptKind.CLICKED, null, "c"),
            receipt(id, Channel.EMAIL, ReceiptKind.DELIVERED, null, "d"),
            receipt(id, Channel.EMAIL, ReceiptKind.OPENED, null, "o")));
    assertThat(world.events(person, "message.clicked")).hasSize(1);
    assertThat(world.events(person, "message.opened")).hasSize(1);
    assertThat(world.status(id)).isEqualTo("delivered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"R", "ｔｄ", "退订", "拒收！"})
  void a_reply_that_refuses_ends_marketing_on_the_channel_at_once(String words) {
    Person person = world.person();
    UUID id = dispatched(person, Channel.SMS);
    UUID waiting = world.sent(person, world.template(Channel.IN_APP, Purpose.ACTIVITY));
    receipts.received(
        List.of(receipt(id, Channel.SMS, ReceiptKind.REPLIED, words, "reply" + words)));
    for (Purpose purpose :
        List.of(Purpose.ACTIVITY, Purpose.PRODUCT_MARKETING, Purpose.MARGIN_MARKETING)) {
      assertThat(state(person, purpose, Channel.SMS)).isEqualTo(ConsentState.REFUSED);
    }
    assertThat(state(person, Purpose.ACTIVITY, Channel.IN_APP)).isEqualTo(ConsentState.GRANTED);
    assertThat(world.events(person, "message.replied"))
        .singleElement()
        .satisfies(event -> assertThat(event.properties().values()).doesNotContain(words));
    dispatcher.dispatchDue(100);
    assertThat(world.status(waiting)).isEqualTo("delivered");
  }

  @Test
  void another_reply_changes_no_consent() {
    Person person = world.person();
    UUID id = dispatched(person, Channel.SMS);
    receipts.received(List.of(receipt(id, Channel.SMS, ReceiptKind.REPLIED, "好的", "reply")));
    assertThat(state(person, Purpose.ACTIVITY, Channel.SMS)).isEqualTo(ConsentState.GRANTED);
  }

  @Test
  void a_receipt_for_a_message_nobody_sent_is_left_alone() {
    receipts.received(
        List.of(
            receipt(UUID.randomUUID(), Channel.SMS, ReceiptKind.DELIVERED, null, "strange"),
            receipt(
                MessageIds.next(clock.instant()),
                Channel.SMS,
                ReceiptKind.DELIVERED,
                null,
                "strange")));
    assertThat(
            world.count(
                "select count(*) from receipt_seen where provider_receipt_id like ?", "%strange"))
        .isZero();
  }

  @Test
  void the_lag_of_receipts_is_told_for_those_that_came_and_those_that_are_out() {
    Instant start = clock.instant();
    ChannelDelivery before = sms(start);
    UUID arrived = dispatched(world.person(), Channel.SMS);
    dispatched(world.person(), Channel.SMS);
    clock.advance(Duration.ofSeconds(20));
    receipts.received(List.of(receipt(arrived, Channel.SMS, ReceiptKind.DELIVERED, null, "lag")));

    ChannelDelivery after = sms(start);

    assertThat(after.handedOver() - before.handedOver()).isEqualTo(2);
    assertThat(after.delivered() - before.delivered()).isEqualTo(1);
    // Other tests' receipts are among them, so the figure itself is theirs too.
    assertThat(after.slow()).isNotNull().isGreaterThanOrEqualTo(after.usual());
    assertThat(after.oldestAwaiting()).isBeforeOrEqualTo(start);
  }

  private ChannelDelivery sms(Instant since) {
    return deliveries
        .since(since)
        .getOrDefault(Channel.SMS, new ChannelDelivery(Channel.SMS, 0, 0, 0, 0, null, null, null));
  }

  private UUID dispatched(Person person, Channel channel) {
    UUID id = world.sent(person, world.template(channel, Purpose.ACTIVITY));
    dispatcher.dispatchDue(100);
    return id;
  }

  private ConsentState state(Person person, Purpose purpose, Channel channel) {
    Instant now = clock.instant();
    var matrix = consents.of(List.of(person.id())).get(person.id());
    return matrix == null ? ConsentState.UNKNOWN : matrix.state(purpose, channel, now);
  }

  private Receipt receipt(
      UUID id, Channel channel, ReceiptKind kind, @Nullable String detail, String name) {
    return new Receipt(id, channel, kind, clock.instant(), detail, id + name);
  }
}
