package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.MovableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a batch costs does not depend on its size. A higher number here needs a reason. One of them
 * asks what stands recalled: a copy kept in memory would let a message out on a node that has not
 * heard yet.
 */
@ContactSlice
class StatementCountTest {

  // One of each is the look for a complaint: it stops marketing from its event on; and one the
  // look for a rule that came after the approval.
  private static final int SEND = 23;
  private static final int CHECK = 15;
  private static final int DISPATCH = 21;
  private static final int RECEIPTS = 9;
  private static final int SLOT = 12;

  @Autowired ContactWorld world;
  @Autowired ContactGate gate;
  @Autowired Dispatcher dispatcher;
  @Autowired Departures departures;
  @Autowired Receipts receipts;
  @Autowired InAppSlots slots;
  @Autowired CountedStatements statements;
  @Autowired MovableClock clock;

  @Test
  void sending_costs_the_same_for_one_and_for_fifty() {
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    List<ContactRequest> one = requests(1, template);
    List<ContactRequest> fifty = requests(50, template);
    assertThat(statements.during(() -> world.send(one))).hasSize(SEND);
    assertThat(statements.during(() -> world.send(fifty))).hasSize(SEND);
  }

  @Test
  void checking_costs_the_same_for_one_and_for_fifty() {
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    List<ContactRequest> one = requests(1, template);
    List<ContactRequest> fifty = requests(50, template);
    assertThat(statements.during(() -> gate.check(one))).hasSize(CHECK);
    assertThat(statements.during(() -> gate.check(fifty))).hasSize(CHECK);
  }

  @Test
  void preparing_and_receiving_cost_the_same_for_one_and_for_fifty() {
    dispatcher.dispatchDue(1000);
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    for (int size : new int[] {1, 50}) {
      List<UUID> ids =
          world.send(requests(size, template)).stream()
              .map(result -> ((Sent) result).messageId())
              .toList();
      assertThat(statements.during(() -> departures.prepare(Channel.SMS, size, 4)))
          .hasSize(DISPATCH);
      List<Receipt> batch =
          ids.stream()
              .map(
                  id ->
                      new Receipt(
                          id,
                          Channel.SMS,
                          ReceiptKind.DELIVERED,
                          clock.instant(),
                          null,
                          "count-" + id))
              .toList();
      assertThat(statements.during(() -> receipts.received(batch))).hasSize(RECEIPTS);
    }
  }

  @Test
  void a_place_of_the_app_costs_the_same_for_one_message_and_for_five() {
    String template = world.template(Channel.IN_APP, Purpose.SERVICE);
    for (int standing : new int[] {1, 5}) {
      Person person = world.person();
      for (int i = 0; i < standing; i++) {
        world.sent(person, template);
      }
      ContactWorld.leaveFirst(dispatcher);
      List<SlotContent> shown = new ArrayList<>();
      List<String> executed =
          statements.during(() -> shown.addAll(slots.current(person.id(), "home")));
      assertThat(shown).hasSize(standing);
      assertThat(executed).hasSize(SLOT);
    }
  }

  @Test
  void a_place_where_nothing_stands_costs_one_look() {
    Person person = world.person();
    assertThat(statements.during(() -> slots.current(person.id(), "home"))).hasSize(1);
  }

  @Test
  void messages_are_never_found_by_comparing_each_of_a_span_with_each_that_is_wanted() {
    dispatcher.dispatchDue(1000);
    world.send(requests(3, world.template(Channel.EMAIL, Purpose.ACTIVITY)));
    List<String> executed =
        statements.during(() -> dispatcher.lanes().forEach(lane -> lane.run(100)));
    assertThat(executed)
        .filteredOn(sql -> sql.contains("from message m") || sql.contains("join message m"))
        .isNotEmpty()
        .noneMatch(sql -> sql.contains("message_id = any("));
  }

  private List<ContactRequest> requests(int count, String template) {
    List<Person> people = world.people(count);
    return people.stream().map(person -> world.request(person, template)).toList();
  }
}
