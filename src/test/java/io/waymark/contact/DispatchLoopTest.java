package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.contact.ContactWorld.Person;
import io.waymark.contact.lane.LaneSettings;
import io.waymark.contact.lane.LaneState;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ContactSlice
class DispatchLoopTest {

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired Reservations reservations;
  @Autowired InAppMessages inApp;
  @Autowired ContactPolicies policies;
  @Autowired ContactSettings settings;
  @Autowired LaneSettings limits;
  @Autowired MovableClock clock;

  /** Other tests of this context dispatch too. */
  @AfterEach
  void takeAgain() {
    dispatcher.lanes().forEach(Lane::open);
  }

  @Test
  void a_slow_text_message_never_delays_an_email_and_stopping_waits_for_its_answer()
      throws Exception {
    DispatchLoop loop =
        new DispatchLoop(dispatcher, reservations, inApp, policies, settings, limits, clock);
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    FailingProvider.next(
        Channel.SMS,
        (real, message) -> {
          calling.countDown();
          await(answer);
          return real.send(message);
        });
    Person person = world.person();
    UUID slow = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    loop.start();
    try {
      assertThat(calling.await(10, TimeUnit.SECONDS)).isTrue();
      UUID quick = world.sent(person, world.template(Channel.EMAIL, Purpose.ACTIVITY));
      loop.on(new OutboxFilled());
      eventually("the e-mail to leave", () -> world.status(quick).equals("sent"));
      assertThat(world.state(slow)).isEqualTo("sending");
    } finally {
      Thread stopping = new Thread(loop::stop);
      stopping.start();
      answer.countDown();
      stopping.join(Duration.ofSeconds(20).toMillis());
    }
    assertThat(loop.isRunning()).isFalse();
    assertThat(world.state(slow)).isEqualTo("awaiting");
  }

  @Test
  void stopping_gives_back_what_was_taken_but_not_called() throws Exception {
    DispatchLoop loop =
        new DispatchLoop(dispatcher, reservations, inApp, policies, settings, limits, clock);
    ContactWorld.leaveFirst(dispatcher);
    CountDownLatch calling = new CountDownLatch(4);
    CountDownLatch answer = new CountDownLatch(1);
    FailingProvider.always(
        Channel.SMS,
        (real, message) -> {
          calling.countDown();
          await(answer);
          return real.send(message);
        });
    String template = world.template(Channel.SMS, Purpose.SERVICE);
    List<UUID> ids =
        world
            .send(world.people(12).stream().map(one -> world.request(one, template)).toList())
            .stream()
            .map(result -> ((Sent) result).messageId())
            .toList();
    loop.start();
    try {
      assertThat(calling.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(ids).allMatch(id -> Set.of("taken", "sending").contains(world.state(id)));
      LaneState state =
          dispatcher.states().stream()
              .filter(lane -> lane.channel() == Channel.SMS)
              .findFirst()
              .orElseThrow();
      assertThat(state.inFlight()).isEqualTo(4);
      assertThat(state.queue().sending()).isGreaterThanOrEqualTo(4);
      assertThat(state.queue().sending() + state.queue().ready()).isGreaterThanOrEqualTo(12);
    } finally {
      Thread stopping = new Thread(loop::stop);
      stopping.start();
      Thread.sleep(200);
      answer.countDown();
      stopping.join(Duration.ofSeconds(20).toMillis());
      FailingProvider.behave(Channel.SMS);
    }
    assertThat(ids).filteredOn(id -> world.state(id).equals("awaiting")).hasSize(4);
    assertThat(ids).filteredOn(id -> world.state(id).equals("ready")).hasSize(8);
    assertThat(ids).noneMatch(id -> world.state(id).equals("sending"));
    dispatcher.lanes().forEach(Lane::open);
    dispatcher.dispatchDue(100);
    assertThat(ids).allMatch(id -> world.state(id).equals("awaiting"));
  }

  private void eventually(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("waited thirty seconds for %s; lanes: %s", what, dispatcher.states())
          .isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
