package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.MailSimulator;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.SmsSimulator;
import io.waymark.channel.simulator.WebhookSimulator;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.event.CustomerEvent;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ContactSlice
class DispatcherTest {

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired Parked parked;
  @Autowired Receipts receipts;
  @Autowired SmsSimulator sms;
  @Autowired MailSimulator mail;
  @Autowired WebhookSimulator webhook;
  @Autowired InAppSlots slots;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  @AfterEach
  void behave() {
    sms.misbehave(Misbehaviour.none());
    mail.misbehave(Misbehaviour.none());
  }

  @Test
  void a_text_message_is_settled_by_its_receipt() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    dispatcher.dispatchDue(100);

    assertThat(line(sms.ledger(), id).address()).isEqualTo(person.mobile());
    assertThat(line(sms.ledger(), id).text()).startsWith("【示例证券】王小明");
    assertThat(world.status(id)).isEqualTo("sent");
    assertThat(world.state(id)).isEqualTo("awaiting");
    assertThat(world.events(person, "message.settled")).isEmpty();

    receipts.received(List.of(receipt(id, ReceiptKind.DELIVERED, "DELIVRD")));
    assertThat(world.status(id)).isEqualTo("delivered");
    assertThat(world.state(id)).isEqualTo("gone");
    assertThat(outcomes(person)).containsExactly("delivered");
    assertThat(world.events(person, "message.delivered")).hasSize(1);
  }

  @Test
  void an_email_is_settled_when_it_is_accepted() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.EMAIL, Purpose.ACTIVITY));
    dispatcher.dispatchDue(100);
    assertThat(line(mail.ledger(), id).subject()).isEqualTo("投教讲堂");
    assertThat(outcomes(person)).containsExactly("sent");
    assertThat(world.events(person, "message.settled").get(0).properties())
        .containsEntry("messageId", id.toString())
        .containsEntry("channel", "email")
        .containsKeys("template", "participationId", "journey", "node");
  }

  @Test
  void a_webhook_is_delivered_when_it_is_answered() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.WEBHOOK, Purpose.SERVICE));
    dispatcher.dispatchDue(100);
    assertThat(line(webhook.ledger(), id).text()).isEqualTo("{\"code\":\"x1\"}");
    assertThat(outcomes(person)).containsExactly("delivered");
  }

  @Test
  void an_in_app_message_is_delivered_when_it_stands_at_its_place() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.IN_APP, Purpose.ACTIVITY));
    assertThat(slots.current(person.id(), "home")).isEmpty();
    dispatcher.dispatchDue(100);
    assertThat(outcomes(person)).containsExactly("delivered");
    assertThat(slots.current(person.id(), "home"))
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.messageId()).isEqualTo(id);
              assertThat(shown.body()).contains("王小明");
            });
    assertThat(slots.current(person.id(), "elsewhere")).isEmpty();

    world.refuses(person, Purpose.ACTIVITY, Channel.IN_APP);
    assertThat(slots.current(person.id(), "home")).isEmpty();
  }

  @Test
  void what_stands_in_the_app_is_gone_when_its_time_is_over() {
    Person person = world.person();
    world.sent(person, world.template(Channel.IN_APP, Purpose.ACTIVITY));
    dispatcher.dispatchDue(100);
    clock.advance(Duration.ofDays(8));
    assertThat(slots.current(person.id(), "home")).isEmpty();
  }

  @Test
  void consent_withdrawn_between_sending_and_dispatch_stops_the_message() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    world.refuses(person, Purpose.ACTIVITY, Channel.SMS);
    dispatcher.dispatchDue(100);

    assertThat(sms.ledger()).noneMatch(line -> line.messageId().equals(id));
    assertThat(world.status(id)).isEqualTo("withheld");
    assertThat(world.events(person, "message.settled"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.properties())
                    .containsEntry("outcome", "withheld")
                    .containsEntry("reason", "consent_refused"));
    assertThat(reserved(id)).isZero();
  }

  @Test
  void an_approval_that_ended_before_dispatch_stops_the_message() {
    Person person = world.person();
    var version = world.approve(world.submit(Channel.EMAIL, Purpose.ACTIVITY, "欢迎收看。"));
    UUID id = world.sent(person, version.code());
    jdbc.sql("update template_version set status = 'withdrawn' where id = ?")
        .param(version.id())
        .update();
    dispatcher.dispatchDue(100);
    assertThat(world.status(id)).isEqualTo("withheld");
    assertThat(mail.ledger()).noneMatch(line -> line.messageId().equals(id));
  }

  @Test
  void a_place_that_a_withheld_message_gives_back_is_free_again() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID id = world.sent(person, template);
    assertThat(world.send(world.request(person, template))).isInstanceOf(NotSent.class);
    sms.misbehave(errors());
    for (int attempt = 0; attempt < 6; attempt++) {
      dispatcher.dispatchDue(100);
      clock.advance(Duration.ofHours(1));
    }
    assertThat(world.status(id)).isEqualTo("failed");
    assertThat(outcomes(person)).containsExactly("failed");
    assertThat(world.send(world.request(person, template))).isInstanceOf(Sent.class);
  }

  @Test
  void a_temporary_refusal_is_tried_again_later() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    sms.misbehave(errors());
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("later");
    sms.misbehave(Misbehaviour.none());
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("later");
    clock.advance(Duration.ofSeconds(31));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("awaiting");
    assertThat(line(sms.ledger(), id).arrivals()).isEqualTo(1);
  }

  @Test
  void in_quiet_hours_a_message_waits_and_leaves_in_the_morning() {
    clock.set(LocalDateTime.of(2026, 11, 23, 22, 0));
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("later");
    clock.set(LocalDateTime.of(2026, 11, 24, 9, 0));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("awaiting");
  }

  @Test
  void a_message_that_the_evening_overtakes_waits_for_the_morning() {
    clock.set(LocalDateTime.of(2026, 11, 23, 19, 59));
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    clock.set(LocalDateTime.of(2026, 11, 23, 20, 1));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("later");
    assertThat(world.status(id)).isEqualTo("waiting");
    clock.set(LocalDateTime.of(2026, 11, 24, 9, 1));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("awaiting");
  }

  @Test
  void a_crash_between_answer_and_commit_is_unknown_and_resolved_by_asking() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    FailingProvider.crashAfterTheAnswer();
    assertThatThrownBy(() -> dispatcher.dispatchDue(100)).isInstanceOf(FailingProvider.Crash.class);
    assertThat(world.state(id)).isEqualTo("sending");

    // Nobody touches it while its caller may still be alive.
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("sending");

    clock.advance(Duration.ofMinutes(6));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("awaiting");
    assertThat(line(sms.ledger(), id).arrivals()).isEqualTo(1);
    receipts.received(List.of(receipt(id, ReceiptKind.DELIVERED, null)));
    assertThat(outcomes(person)).containsExactly("delivered");
  }

  @Test
  void a_crash_before_the_provider_got_a_text_message_never_sends_it_again() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    FailingProvider.next(
        Channel.SMS,
        (real, message) -> {
          throw new FailingProvider.Crash();
        });
    assertThatThrownBy(() -> dispatcher.dispatchDue(100)).isInstanceOf(FailingProvider.Crash.class);
    for (int i = 0; i < 8; i++) {
      clock.advance(Duration.ofMinutes(6));
      dispatcher.dispatchDue(100);
    }
    assertThat(outcomes(person)).containsExactly("unknown");
    assertThat(sms.ledger()).noneMatch(line -> line.messageId().equals(id));
    // It may have arrived for all we know, so its place under the cap stays taken.
    assertThat(reserved(id)).isEqualTo(1);
  }

  @Test
  void an_email_of_unknown_fate_may_be_sent_again() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.EMAIL, Purpose.ACTIVITY));
    FailingProvider.next(Channel.EMAIL, (real, message) -> new ProviderAnswer.Unknown("lost"));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("unknown");
    clock.advance(Duration.ofMinutes(31));
    dispatcher.dispatchDue(100);
    dispatcher.dispatchDue(100);
    assertThat(outcomes(person)).containsExactly("sent");
    assertThat(line(mail.ledger(), id).arrivals()).isEqualTo(1);
  }

  @Test
  void a_silent_provider_leaves_the_message_unknown_until_it_is_asked() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    sms.misbehave(silentAfterAccepting());
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("unknown");
    sms.misbehave(Misbehaviour.none());
    clock.advance(Duration.ofSeconds(21));
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("awaiting");
    assertThat(line(sms.ledger(), id).arrivals()).isEqualTo(1);
  }

  @Test
  void a_text_message_without_receipt_is_unknown_in_the_end() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    dispatcher.dispatchDue(100);
    clock.advance(Duration.ofHours(25));
    dispatcher.dispatchDue(100);
    assertThat(outcomes(person)).containsExactly("unknown");

    receipts.received(List.of(receipt(id, ReceiptKind.DELIVERED, null)));
    assertThat(outcomes(person)).containsExactly("unknown");
    assertThat(world.status(id)).isEqualTo("delivered");
    assertThat(world.events(person, "message.delivered")).hasSize(1);
    assertThat(
            world.count(
                "select count(*) from evidence where kind = 'message_settled' and subject = ?",
                "message:" + id))
        .isEqualTo(1);
  }

  @Test
  void a_receipt_faster_than_the_answer_settles_the_message_once() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    FailingProvider.next(
        Channel.SMS,
        (real, message) -> {
          ProviderAnswer answer = real.send(message);
          receipts.received(List.of(receipt(id, ReceiptKind.DELIVERED, null)));
          return answer;
        });
    dispatcher.dispatchDue(100);
    assertThat(outcomes(person)).containsExactly("delivered");
    assertThat(world.status(id)).isEqualTo("delivered");
    assertThat(world.state(id)).isEqualTo("gone");
  }

  @Test
  void a_message_that_cannot_be_prepared_does_not_hold_up_the_others() {
    Person poisoned = world.person();
    Person other = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID bad = world.sent(poisoned, template);
    jdbc.sql("update message set body_sealed = '\\x00' where message_id = ?").param(bad).update();
    UUID good = world.sent(other, template);
    dispatcher.dispatchDue(100);
    assertThat(world.state(good)).isEqualTo("awaiting");
    assertThat(world.state(bad)).isEqualTo("later");
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofHours(1));
      dispatcher.dispatchDue(100);
    }
    assertThat(world.state(bad)).isEqualTo("parked");
    assertThat(outcomes(poisoned)).isEmpty();
    assertThat(parked.page(BranchScope.of(ContactWorld.BRANCH), 0, 100))
        .filteredOn(one -> one.messageId().equals(bad))
        .singleElement()
        .satisfies(one -> assertThat(one.problem()).isNotBlank());
    assertThat(parked.end(bad, BranchScope.of("ELSEWHERE"), "模板有误", "operator")).isFalse();
    assertThatThrownBy(() -> parked.end(bad, BranchScope.everywhere(), " ", "operator"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(parked.end(bad, BranchScope.everywhere(), "模板有误", "operator")).isTrue();
    assertThat(outcomes(poisoned)).containsExactly("failed");
    assertThat(reserved(bad)).isZero();
    assertThat(
            world.count(
                """
                select count(*) from evidence
                 where kind = 'parked_message_decided' and subject = ?
                   and facts::jsonb ->> 'reason' = '模板有误'
                """,
                "message:" + bad))
        .isEqualTo(1);
  }

  @Test
  void a_parked_message_that_was_mended_goes_on_with_all_its_attempts() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    byte[] body =
        jdbc.sql("select body_sealed from message where message_id = ?")
            .param(id)
            .query(byte[].class)
            .single();
    jdbc.sql("update message set body_sealed = '\\x00' where message_id = ?").param(id).update();
    for (int i = 0; i < 6; i++) {
      dispatcher.dispatchDue(100);
      clock.advance(Duration.ofHours(1));
    }
    assertThat(world.state(id)).isEqualTo("parked");
    jdbc.sql("update message set body_sealed = ? where message_id = ?").params(body, id).update();
    assertThat(parked.retry(id, BranchScope.everywhere(), "operator")).isTrue();
    assertThat(parked.retry(id, BranchScope.everywhere(), "operator")).isFalse();
    dispatcher.dispatchDue(100);
    assertThat(world.state(id)).isEqualTo("awaiting");
  }

  @Test
  void a_low_priority_that_waited_long_goes_before_a_high_one_that_just_came() {
    String template = world.template(Channel.WEBHOOK, Purpose.SERVICE);
    UUID low = waiting(template, 0);
    clock.advance(Duration.ofMinutes(5));
    UUID high = waiting(template, 90);
    dispatchOne();
    assertThat(world.state(high)).isEqualTo("gone");
    clock.advance(Duration.ofMinutes(10));
    UUID newer = waiting(template, 90);
    dispatchOne();
    assertThat(world.state(low)).isEqualTo("gone");
    assertThat(world.state(newer)).isEqualTo("ready");
    dispatcher.dispatchDue(100);
  }

  private UUID waiting(String template, int priority) {
    ContactRequest request = world.request(world.person(), template, System.nanoTime(), priority);
    return ((Sent) world.send(request)).messageId();
  }

  private void dispatchOne() {
    dispatcher.lanes().stream()
        .filter(lane -> lane.channel() == Channel.WEBHOOK)
        .forEach(lane -> lane.run(1));
  }

  @Test
  void providers_are_never_called_inside_a_transaction() {
    assertThatThrownBy(() -> transaction.executeWithoutResult(status -> dispatcher.dispatchDue(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_customer_the_engine_is_holding_does_not_hold_up_the_channel() throws Exception {
    Person held = world.person();
    Person free = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID waiting = world.sent(held, template);
    UUID leaving = world.sent(free, template);
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Void> engine =
        CompletableFuture.runAsync(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      jdbc.sql(
                              "select customer_id from contact_count where customer_id = ? for"
                                  + " update")
                          .param(held.id())
                          .query(Long.class)
                          .list();
                      locked.countDown();
                      await(release);
                    }));
    assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
    dispatcher.dispatchDue(100);
    assertThat(world.state(leaving)).isEqualTo("awaiting");
    assertThat(world.state(waiting)).isEqualTo("ready");
    release.countDown();
    engine.get(10, TimeUnit.SECONDS);
    dispatcher.dispatchDue(100);
    assertThat(world.state(waiting)).isEqualTo("awaiting");
  }

  @Test
  void four_dispatchers_share_a_backlog_without_sending_twice() throws Exception {
    // Service messages fall under no cap, so nothing but the outbox keeps the dispatchers apart.
    String template = world.template(Channel.SMS, Purpose.SERVICE);
    List<UUID> ids =
        world
            .send(world.people(60).stream().map(one -> world.request(one, template)).toList())
            .stream()
            .map(result -> ((Sent) result).messageId())
            .toList();
    CyclicBarrier together = new CyclicBarrier(4);
    List<CompletableFuture<Integer>> dispatchers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      dispatchers.add(
          CompletableFuture.supplyAsync(
              () -> {
                meet(together);
                return dispatcher.dispatchDue(60);
              },
              command -> new Thread(command).start()));
    }
    for (CompletableFuture<Integer> one : dispatchers) {
      one.get(60, TimeUnit.SECONDS);
    }
    dispatcher.dispatchDue(60);
    for (UUID id : ids) {
      assertThat(line(sms.ledger(), id).arrivals()).isEqualTo(1);
      assertThat(
              world.count(
                  "select count(*) from verdict where kind = 'dispatch' and message_id = ?", id))
          .isEqualTo(1);
    }
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Receipt receipt(UUID id, ReceiptKind kind, @Nullable String detail) {
    return new Receipt(id, Channel.SMS, kind, clock.instant(), detail, "r-" + id + kind.code());
  }

  private List<Object> outcomes(Person person) {
    return world.events(person, "message.settled").stream()
        .map(CustomerEvent::properties)
        .map(properties -> properties.getOrDefault("outcome", "none"))
        .toList();
  }

  private long reserved(UUID id) {
    return world.count("select count(*) from contact_reservation where message_id = ?", id);
  }

  private static LedgerLine line(List<LedgerLine> ledger, UUID id) {
    return ledger.stream()
        .filter(line -> line.messageId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the provider never saw " + id));
  }

  private static Misbehaviour errors() {
    return new Misbehaviour(0, 1, 0, 0, 0, 0, 0, 10, 10, 0, 0, 0);
  }

  private static Misbehaviour silentAfterAccepting() {
    return new Misbehaviour(0, 0, 1, 0, 0, 0, 0, 10, 10, 0, 0, 0);
  }
}
