package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.identity.CustomerMerge;
import io.waymark.customer.identity.CustomerMerges;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Two records of one person are one person to the gate. */
@ContactSlice
class MergedCustomerTest {

  @Autowired ContactWorld world;
  @Autowired CustomerMerges merges;
  @Autowired Suppressions suppressions;
  @Autowired Reservations reservations;
  @Autowired CarriedClaims claims;
  @Autowired TransactionTemplate transaction;
  @Autowired MovableClock clock;

  @Test
  void nothing_goes_to_the_absorbed_record_and_what_it_received_counts_for_the_survivor() {
    List<Person> both = world.people(2);
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    UUID earlier = world.sent(both.get(1), template);
    CustomerMerge merge = merge(both);

    assertThat(withheld(world.send(world.request(both.get(1), template))))
        .isEqualTo(WithheldReason.CUSTOMER_UNKNOWN);
    assertThat(counted(both.get(0))).containsOnlyKeys(earlier);

    merges.undo(merge.id(), "认错了人", "officer", BranchScope.everywhere());
    assertThat(counted(both.get(0))).isEmpty();
    assertThat(counted(both.get(1))).containsOnlyKeys(earlier);
  }

  @Test
  void a_suppression_of_either_record_holds_for_the_person() {
    List<Person> both = world.people(2);
    suppressions.suppress(
        both.get(1).id(), "complaint", clock.instant().plus(Duration.ofDays(30)), "officer");
    merge(both);

    SendResult result =
        world.send(world.request(both.get(0), world.template(Channel.SMS, Purpose.ACTIVITY)));
    assertThat(withheld(result)).isEqualTo(WithheldReason.SUPPRESSED);
  }

  @Test
  void a_refusal_through_either_record_is_a_refusal() {
    List<Person> both = world.people(2);
    world.refuses(both.get(1), Purpose.ACTIVITY, Channel.SMS);
    merge(both);

    SendResult result =
        world.send(world.request(both.get(0), world.template(Channel.SMS, Purpose.ACTIVITY)));
    assertThat(withheld(result)).isEqualTo(WithheldReason.CONSENT_REFUSED);
  }

  @Test
  void what_left_for_the_absorbed_record_is_not_sent_again_and_what_did_not_leave_is() {
    List<Person> both = world.people(2);
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    ContactRequest left = world.request(both.get(1), template);
    UUID message = ((Sent) world.send(left)).messageId();
    world.run("update message set status = 'sent' where message_id = ?", message);
    ContactRequest waits = world.request(both.get(1), template);
    world.send(waits);
    ContactRequest next = world.request(both.get(0), template);
    ContactRequest other = world.request(both.get(0), template);

    transaction.executeWithoutResult(
        status -> {
          carry(both, left, next);
          carry(both, waits, other);
        });

    assertThat(world.send(next)).isEqualTo(new AlreadySent(message));
    assertThat(world.send(other)).isInstanceOf(Sent.class);
  }

  private static WithheldReason withheld(SendResult result) {
    assertThat(result).isInstanceOf(NotSent.class);
    return ((NotSent) result).verdict().reason();
  }

  private void carry(List<Person> both, ContactRequest from, ContactRequest to) {
    claims.carry(
        List.of(participation(from)),
        both.get(1).id(),
        participation(to),
        both.get(0).id(),
        CarriedClaims.Said.GONE);
  }

  private static long participation(ContactRequest request) {
    Long id = request.participationId();
    assertThat(id).isNotNull();
    return id == null ? -1 : id;
  }

  private CustomerMerge merge(List<Person> both) {
    return merges.merge(
        both.get(0).ref(), both.get(1).ref(), "柜面核实", "officer", BranchScope.everywhere());
  }

  private Map<UUID, ContactFacts.Counted> counted(Person person) {
    return reservations
        .counted(
            List.of(person.id()),
            clock.instant().minus(Duration.ofDays(1)),
            Reservations.Counting.ALL,
            clock.instant())
        .getOrDefault(person.id(), Map.of());
  }
}
