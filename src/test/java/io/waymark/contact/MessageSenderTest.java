package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.event.CustomerEvent;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ContactSlice
class MessageSenderTest {

  @Autowired ContactWorld world;
  @Autowired MessageSender sender;
  @Autowired ContactExplanations explanations;
  @Autowired ContactGate gate;
  @Autowired Messages messages;
  @Autowired Suppressions suppressions;
  @Autowired MessageTimeline timeline;
  @Autowired TransactionTemplate transaction;
  @Autowired MovableClock clock;

  @Test
  void sending_needs_the_transaction_of_the_step_that_asks() {
    Person person = world.person();
    ContactRequest request = world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    assertThatThrownBy(() -> sender.send(List.of(request)))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void a_message_is_claimed_frozen_and_proved_in_one_transaction() {
    Person person = world.person();
    UUID id = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));

    assertThat(world.state(id)).isEqualTo("ready");
    assertThat(messages.text(id, BranchScope.everywhere()).orElse(""))
        .startsWith("【示例证券】王小明您好")
        .endsWith("拒收请回复R");
    assertThat(messages.text(id, BranchScope.of("elsewhere"))).isEmpty();
    assertThat(proofs(id)).isEqualTo(2);
    assertThat(
            world.count("select count(*) from verdict where message_id = ? and kind = 'send'", id))
        .isEqualTo(1);
  }

  @Test
  void a_step_that_rolls_back_and_runs_again_leaves_one_message() {
    Person person = world.person();
    ContactRequest request = world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    transaction.executeWithoutResult(
        status -> {
          assertThat(sender.send(List.of(request)).get(0)).isInstanceOf(Sent.class);
          status.setRollbackOnly();
        });

    assertThat(world.send(request)).isInstanceOf(Sent.class);
    assertThat(claims(person)).isEqualTo(1);
    assertThat(written(person)).isEqualTo(1);
  }

  @Test
  void the_same_step_sends_once_ever() {
    Person person = world.person();
    ContactRequest request = world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    UUID id = ((Sent) world.send(request)).messageId();

    assertThat(world.send(request)).isEqualTo(new AlreadySent(id));
    assertThat(world.send(List.of(request, request)))
        .containsExactly(new AlreadySent(id), new AlreadySent(id));
    assertThat(written(person)).isEqualTo(1);
  }

  @Test
  void the_same_request_twice_in_a_batch_is_one_message() {
    Person person = world.person();
    ContactRequest request = world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    List<SendResult> results = world.send(List.of(request, request));
    assertThat(results.get(0)).isInstanceOf(Sent.class);
    assertThat(results.get(1)).isEqualTo(new AlreadySent(((Sent) results.get(0)).messageId()));
  }

  @Test
  void two_threads_with_one_claim_send_one_message() throws Exception {
    Person person = world.person();
    ContactRequest request = world.request(person, world.template(Channel.SMS, Purpose.SERVICE));
    List<SendResult> results = together(8, number -> world.send(request));
    assertThat(results).filteredOn(Sent.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(AlreadySent.class::isInstance).hasSize(7);
    assertThat(written(person)).isEqualTo(1);
  }

  @Test
  void outside_a_journey_the_customer_takes_the_place_of_the_participation() {
    Person one = world.person();
    Person other = world.person();
    String template = world.template(Channel.SMS, Purpose.SERVICE);
    assertThat(world.send(outside(one, template))).isInstanceOf(Sent.class);
    assertThat(world.send(outside(other, template))).isInstanceOf(Sent.class);
    assertThat(world.send(outside(one, template))).isInstanceOf(AlreadySent.class);
  }

  @Test
  void what_was_withheld_stays_withheld_for_the_same_step() {
    Person person = world.person();
    world.refuses(person, Purpose.ACTIVITY, Channel.SMS);
    ContactRequest request = world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    NotSent first = (NotSent) world.send(request);
    assertThat(first.verdict().reason()).isEqualTo(WithheldReason.CONSENT_REFUSED);
    assertThat(first.verdict().gate()).isEqualTo("consent");

    assertThat(world.send(request)).isEqualTo(first);
    assertThat(written(person)).isZero();
    assertThat(messages.ofCustomer(person.id()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo("withheld");
              assertThat(row.reason()).isEqualTo("consent_refused");
            });
    assertThat(
            timeline.of(
                person.id(), clock.instant().minusSeconds(1), clock.instant().plusSeconds(1)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.title()).contains("未发送", "拒绝"));
    assertThat(messages.withheldByReason(BranchScope.of(ContactWorld.BRANCH), clock.instant()))
        .containsKey(WithheldReason.CONSENT_REFUSED);
  }

  @Test
  void checking_reserves_nothing_and_says_what_sending_would() {
    Person person = world.person();
    ContactRequest request = world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    assertThat(gate.check(List.of(request))).containsExactly(new Allowed());
    assertThat(gate.check(List.of(request))).containsExactly(new Allowed());
    assertThat(
            world.count(
                "select count(*) from verdict where customer_id = ? and kind = 'check'",
                person.id()))
        .isEqualTo(2);
    assertThat(world.send(request)).isInstanceOf(Sent.class);
    assertThat(
            gate.check(
                List.of(world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY)))))
        .first()
        .satisfies(
            verdict ->
                assertThat(((Withheld) verdict).reason()).isEqualTo(WithheldReason.CAP_EXCEEDED));
  }

  @Test
  void a_forbidden_phrase_that_comes_with_a_value_is_found_after_rendering() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY, "稳赚不赔，欢迎收看。");
    NotSent result = (NotSent) world.send(world.request(person, template));
    assertThat(result.verdict().reason()).isEqualTo(WithheldReason.CONTENT_VIOLATION);
    assertThat(result.verdict().inputs()).containsKey("scan.rules");
  }

  @Test
  void a_template_that_nobody_approved_is_not_sent() {
    Person person = world.person();
    String code = world.submit(Channel.SMS, Purpose.ACTIVITY, "欢迎收看。").code();
    assertThat(reason(world.send(world.request(person, code))))
        .isEqualTo(WithheldReason.CONTENT_NOT_APPROVED);
  }

  @Test
  void of_two_requests_for_one_customer_the_more_important_takes_the_place() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    long participation = System.nanoTime();
    List<SendResult> results =
        world.send(
            List.of(
                world.request(person, template, participation, 10),
                world.request(person, template, participation + 1, 90)));
    assertThat(reason(results.get(0))).isEqualTo(WithheldReason.CAP_EXCEEDED);
    assertThat(results.get(1)).isInstanceOf(Sent.class);
  }

  @Test
  void caps_are_exact_under_sixteen_senders() throws Exception {
    List<Person> people = world.people(5);
    String template = world.template(Channel.EMAIL, Purpose.ACTIVITY);
    List<List<SendResult>> all =
        together(
            16,
            number -> {
              List<SendResult> results = new ArrayList<>();
              for (int round = 0; round < 3; round++) {
                // Each sender names the customers in another order: the sender orders its locks.
                List<ContactRequest> batch = new ArrayList<>();
                for (int i = 0; i < people.size(); i++) {
                  batch.add(world.request(people.get((i + number) % people.size()), template));
                }
                results.addAll(world.send(batch));
              }
              return results;
            });
    // marketing_email_1d allows two a day.
    assertThat(all.stream().flatMap(List::stream).filter(Sent.class::isInstance))
        .hasSize(2 * people.size());
    for (Person person : people) {
      assertThat(written(person)).isEqualTo(2);
    }
  }

  @Test
  void a_more_important_message_takes_the_place_of_one_that_waits_and_its_journey_hears_of_it() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID waiting = ((Sent) world.send(priority(person, template, 30))).messageId();
    assertThat(reason(world.send(priority(person, template, 49))))
        .isEqualTo(WithheldReason.CAP_EXCEEDED);

    UUID urgent = ((Sent) world.send(priority(person, template, 80))).messageId();
    assertThat(world.status(waiting)).isEqualTo("withheld");
    assertThat(world.state(waiting)).isEqualTo("gone");
    assertThat(world.state(urgent)).isEqualTo("ready");
    assertThat(world.events(person, "message.settled"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.properties())
                    .containsEntry("messageId", waiting.toString())
                    .containsEntry("outcome", "withheld")
                    .containsEntry("reason", "preempted"));
    assertThat(
            world.count(
                "select count(*) from contact_reservation where customer_id = ?", person.id()))
        .isEqualTo(1);
    assertThat(proofs(waiting)).isEqualTo(3);
  }

  @Test
  void what_left_already_gives_no_place_to_anybody() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID leaving = ((Sent) world.send(priority(person, template, 10))).messageId();
    world.run("update outbox set state = 'sending', attempts = 1 where message_id = ?", leaving);
    assertThat(reason(world.send(priority(person, template, 100))))
        .isEqualTo(WithheldReason.CAP_EXCEEDED);
    world.run("delete from outbox where message_id = ?", leaving);
  }

  private ContactRequest priority(Person person, String template, int priority) {
    return world.request(person, template, System.nanoTime(), priority);
  }

  @Test
  void why_not_is_told_gate_by_gate_for_now_and_for_a_moment_that_is_over() {
    Person person = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    Instant before = clock.instant();
    clock.advance(Duration.ofHours(1));
    world.sent(person, template);
    suppressions.suppress(
        person.id(), "complaint", clock.instant().plus(Duration.ofDays(30)), "officer");
    clock.advance(Duration.ofHours(1));
    Instant between = clock.instant();
    clock.advance(Duration.ofHours(1));
    suppressions.release(person.id(), "complaint", "officer");

    ContactExplanation now =
        explanations.explain(person.id(), ContactWorld.BRANCH, template, null, null);
    assertThat(now.past()).isFalse();
    assertThat(((Withheld) now.verdict()).reason()).isEqualTo(WithheldReason.CAP_EXCEEDED);
    assertThat(saying(now, "cap")).isEqualTo("withheld");
    assertThat(saying(now, "suppression")).isEqualTo("pass");
    assertThat(saying(now, "content")).as("gates behind the refusal answer too").isEqualTo("pass");
    assertThat(now.stored()).isNotNull();

    ContactExplanation then =
        explanations.explain(person.id(), ContactWorld.BRANCH, template, null, between);
    assertThat(((Withheld) then.verdict()).reason()).isEqualTo(WithheldReason.SUPPRESSED);
    assertThat(then.gates())
        .filteredOn(one -> one.gate().equals("consent"))
        .extracting(ContactExplanation.Saying::basis)
        .containsExactly(ContactExplanation.Basis.TODAY);

    ContactExplanation first =
        explanations.explain(person.id(), ContactWorld.BRANCH, template, null, before);
    assertThat(saying(first, "cap")).isEqualTo("pass");
    assertThat(saying(first, "suppression")).isEqualTo("pass");
    assertThat(first.stored()).isNull();
    assertThat(world.count("select count(*) from verdict where customer_id = ?", person.id()))
        .as("asking leaves no verdict")
        .isEqualTo(1);
  }

  private static String saying(ContactExplanation told, String gate) {
    return told.gates().stream()
        .filter(one -> one.gate().equals(gate))
        .map(ContactExplanation.Saying::outcome)
        .findFirst()
        .orElse("not asked");
  }

  @Test
  void a_suppressed_customer_is_left_alone_until_released() {
    Person person = world.person();
    suppressions.suppress(
        person.id(), "complaint", clock.instant().plus(Duration.ofDays(30)), "officer");
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    assertThat(reason(world.send(world.request(person, template))))
        .isEqualTo(WithheldReason.SUPPRESSED);
    suppressions.release(person.id(), "complaint", "officer");
    assertThat(world.send(world.request(person, template))).isInstanceOf(Sent.class);
  }

  @Test
  void at_night_a_message_is_promised_for_the_morning() {
    clock.set(LocalDateTime.of(2026, 11, 23, 22, 0));
    Person person = world.person();
    SendResult result =
        world.send(world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY)));
    assertThat(result)
        .isInstanceOfSatisfying(Sent.class, sent -> assertThat(sent.deferred()).isTrue());
    assertThat(world.state(((Sent) result).messageId())).isEqualTo("later");
    assertThat(messages.ofCustomer(person.id()).get(0).dueAt()).isEqualTo("2026-11-24T01:00:00Z");
  }

  @Test
  void margin_marketing_that_names_no_service_is_held_to_the_margin_service() {
    Person person = world.person();
    world.sellsMargin();
    world.grants(person, Purpose.MARGIN_MARKETING, Channel.SMS);
    String template = world.template(Channel.SMS, Purpose.MARGIN_MARKETING);
    assertThat(reason(world.send(world.request(person, template))))
        .isEqualTo(WithheldReason.ENTRY_CONDITION);
  }

  @Test
  void nothing_is_said_to_a_journey_before_the_message_is_settled() {
    Person person = world.person();
    world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    List<CustomerEvent> settled = world.events(person, "message.settled");
    assertThat(settled).isEmpty();
  }

  private ContactRequest outside(Person person, String template) {
    return new ContactRequest(
        person.id(),
        ContactWorld.BRANCH,
        null,
        "advisor",
        "call-back-1",
        1,
        template,
        null,
        50,
        java.util.Map.of());
  }

  private static WithheldReason reason(SendResult result) {
    return ((NotSent) result).verdict().reason();
  }

  private long claims(Person person) {
    return world.count("select count(*) from message_claim where customer_id = ?", person.id());
  }

  private long written(Person person) {
    return world.count("select count(*) from message where customer_id = ?", person.id());
  }

  private long proofs(UUID id) {
    return world.count("select count(*) from evidence where subject = ?", "message:" + id);
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> together(int threads, Work<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Callable<T> one =
          () -> {
            start.await();
            return work.run(number);
          };
      running.add(pool.submit(one));
    }
    start.countDown();
    List<T> results = new ArrayList<>();
    for (Future<T> future : running) {
      results.add(future.get());
    }
    pool.shutdown();
    return results;
  }
}
