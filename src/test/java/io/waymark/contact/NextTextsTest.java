package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One thing said by several channels, one after the other: never two that arrive. */
@ContactSlice
class NextTextsTest {

  private static final AtomicInteger WEEK = new AtomicInteger();

  @Autowired ContactWorld world;
  @Autowired ContactPolicies policies;
  @Autowired PolicyDocuments documents;
  @Autowired Dispatcher dispatcher;
  @Autowired Receipts receipts;
  @Autowired CustomerTags tags;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired MovableClock clock;

  private String text = "";
  private String mail = "";

  @AfterEach
  void behave() {
    FailingProvider.behave(Channel.SMS);
  }

  @Test
  void
      a_text_message_that_does_not_arrive_in_time_is_followed_by_mail_where_the_policy_accepts_both() {
    course("next");
    Person person = world.person();
    UUID first = world.sent(person, text);
    dispatcher.dispatchDue(100);
    assertThat(world.state(first)).isEqualTo("awaiting");
    clock.advance(Duration.ofHours(1));
    dispatcher.dispatchDue(100);
    assertThat(channels(person)).containsExactly("sms");

    clock.advance(Duration.ofHours(1));
    dispatcher.dispatchDue(100);
    dispatcher.dispatchDue(100);
    assertThat(channels(person)).containsExactly("sms", "email");
    assertThat(settled(person))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.properties())
                    .containsEntry("messageId", first.toString())
                    .containsEntry("channel", "email")
                    .containsEntry("outcome", "sent"));

    delivered(first);
    assertThat(settled(person)).as("the journey is told once").hasSize(1);
  }

  @Test
  void one_that_may_have_arrived_is_not_followed_where_the_policy_waits() {
    course("wait");
    Person person = world.person();
    UUID first = world.sent(person, text);
    dispatcher.dispatchDue(100);
    clock.advance(Duration.ofHours(3));
    dispatcher.dispatchDue(100);
    assertThat(channels(person)).containsExactly("sms");
    delivered(first);
    assertThat(settled(person)).hasSize(1);
    clock.advance(Duration.ofHours(3));
    dispatcher.dispatchDue(100);
    assertThat(channels(person)).containsExactly("sms");
    assertThat(left(person)).isZero();
  }

  @Test
  void one_that_failed_is_followed_at_once_and_the_journey_hears_of_the_mail_only() {
    course("wait");
    FailingProvider.always(
        Channel.SMS, (real, message) -> new ProviderAnswer.Rejected("address", "", false));
    Person person = world.person();
    UUID first = world.sent(person, text);
    dispatcher.dispatchDue(100);
    assertThat(world.status(first)).isEqualTo("failed");
    dispatcher.dispatchDue(100);
    assertThat(channels(person)).containsExactly("sms", "email");
    assertThat(settled(person))
        .extracting(event -> event.properties().get("outcome"))
        .containsExactly("sent");
    assertThat(left(person)).isZero();
  }

  @Test
  void one_that_still_waits_when_its_time_is_over_is_taken_back() {
    course("wait");
    clock.set(
        clock.instant().atZone(java.time.ZoneId.of("Asia/Shanghai")).toLocalDate().atTime(19, 0));
    ContactWorld.leaveFirst(dispatcher);
    FailingProvider.always(
        Channel.SMS,
        (real, message) -> new ProviderAnswer.Rejected("busy", "", true, Duration.ofHours(9)));
    Person person = world.person();
    UUID first = world.sent(person, text);
    dispatcher.dispatchDue(100);
    assertThat(world.state(first)).isEqualTo("later");
    clock.advance(Duration.ofHours(2).plusMinutes(1));
    dispatcher.dispatchDue(100);
    dispatcher.dispatchDue(100);
    assertThat(world.status(first)).isEqualTo("withheld");
    assertThat(channels(person)).containsExactly("sms", "email");
    assertThat(settled(person))
        .extracting(event -> event.properties().get("outcome"))
        .containsExactly("sent");
  }

  @Test
  void when_the_gate_lets_no_text_go_any_more_the_journey_is_told() {
    course("wait");
    FailingProvider.always(
        Channel.SMS, (real, message) -> new ProviderAnswer.Rejected("address", "", false));
    Person person = world.person();
    UUID first = world.sent(person, text);
    world.refuses(person, Purpose.ACTIVITY, Channel.EMAIL);
    dispatcher.dispatchDue(100);
    dispatcher.dispatchDue(100);
    assertThat(channels(person)).containsExactly("sms");
    assertThat(settled(person))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.properties())
                    .containsEntry("messageId", first.toString())
                    .containsEntry("outcome", "withheld")
                    .containsEntry("reason", "consent_refused"));
  }

  @Test
  void the_channel_a_customer_prefers_goes_first_and_one_he_refused_is_passed_over() {
    course("wait");
    Person prefers = world.person();
    tags.set(prefers.id(), "preferred_channel", "email", "test");
    world.sent(prefers, text);
    assertThat(channels(prefers)).containsExactly("email");

    Person refused = world.person();
    world.refuses(refused, Purpose.ACTIVITY, Channel.SMS);
    world.sent(refused, text);
    assertThat(channels(refused)).containsExactly("email");
    assertThat(
            world.count(
                "select count(*) from verdict where customer_id = ? and kind = 'check' and reason = 'consent_refused'",
                refused.id()))
        .as("why the first was passed over is kept")
        .isEqualTo(1);
  }

  private void course(String whenUnknown) {
    // Far from the time of every other test: policies are shared by all of them.
    clock.set(LocalDateTime.of(2085, 3, 5, 10, 0).plusWeeks(WEEK.incrementAndGet()));
    branches.saveAll(List.of(new Branch(ContactWorld.BRANCH, "触达测试部")));
    staff.save(
        new StaffMember("next.officer", "合规", Role.COMPLIANCE, ContactWorld.BRANCH, true, true),
        null);
    text = world.template(Channel.SMS, Purpose.ACTIVITY);
    mail = world.template(Channel.EMAIL, Purpose.ACTIVITY);
    String version = "next-" + UUID.randomUUID().toString().substring(0, 8);
    String source =
        policies
            .documentAt(clock.instant().minus(Duration.ofDays(3000)))
            .source()
            .replaceFirst(
                "fallbacks: \\[\\]",
                "fallbacks:\n  - {template: %s, then: [%s], within: PT2H, when-unknown: %s, basis: test}"
                    .formatted(text, mail, whenUnknown));
    PolicyDocument proposal =
        policies.propose(
            source.replaceFirst("version: .*", "version: " + version),
            clock.instant(),
            "next.author");
    HeldReviews.approve(documents, proposal, "next.officer");
    assertThat(policies.at(clock.instant()).fallbackOf(text)).isPresent();
  }

  private void delivered(UUID id) {
    receipts.received(
        List.of(
            new Receipt(
                id, Channel.SMS, ReceiptKind.DELIVERED, clock.instant(), null, "next-" + id)));
  }

  private List<CustomerEvent> settled(Person person) {
    return world.events(person, "message.settled");
  }

  /** Channels of the customer's messages that have a row, in their order. */
  private List<String> channels(Person person) {
    return world.words(
        "select channel from message where customer_id = ? order by created_at, node", person.id());
  }

  private long left(Person person) {
    return world.count("select count(*) from message_fallback where customer_id = ?", person.id());
  }
}
