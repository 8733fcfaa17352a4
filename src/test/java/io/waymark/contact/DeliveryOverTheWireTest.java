package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.SmsSimulator;
import io.waymark.contact.ContactWorld.Person;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.WaymarkTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The whole way: request, provider on a socket, signed receipt by HTTP, event for the journey. */
@WaymarkTest
@Import(ContactWorld.class)
@TestPropertySource(properties = "waymark.simulator.enabled=true")
class DeliveryOverTheWireTest {

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired SmsSimulator sms;

  @Test
  void a_text_message_goes_out_and_its_receipt_comes_back_twice_and_counts_once()
      throws InterruptedException {
    sms.misbehave(new Misbehaviour(0, 0, 0, 0, 0, 1, 0, 10, 10, 0, 0, 0));
    List<Person> people = world.people(5);
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    List<UUID> ids =
        world.send(people.stream().map(one -> world.request(one, template)).toList()).stream()
            .map(result -> ((Sent) result).messageId())
            .toList();
    dispatcher.dispatchDue(100);

    for (UUID id : ids) {
      long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
      while (!world.status(id).equals("delivered")) {
        assertThat(System.nanoTime()).as("no receipt within fifteen seconds").isLessThan(end);
        Thread.sleep(20);
      }
    }
    // The courier brings every receipt a second time, in a request of its own.
    Thread.sleep(500);
    for (Person person : people) {
      assertThat(world.events(person, "message.settled")).hasSize(1);
      assertThat(world.events(person, "message.delivered")).hasSize(1);
    }
    assertThat(sms.ledger()).filteredOn(line -> ids.contains(line.messageId())).hasSize(5);
  }
}
