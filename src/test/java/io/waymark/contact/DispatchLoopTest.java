package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.contact.ContactWorld.Person;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ContactSlice
class DispatchLoopTest {

  @Autowired ContactWorld world;
  @Autowired Dispatcher dispatcher;
  @Autowired Reservations reservations;
  @Autowired InAppMessages inApp;
  @Autowired ContactPolicy policy;
  @Autowired ContactSettings settings;
  @Autowired MovableClock clock;

  @Test
  void a_slow_text_message_never_delays_an_email_and_stopping_waits_for_its_answer()
      throws Exception {
    DispatchLoop loop = new DispatchLoop(dispatcher, reservations, inApp, policy, settings, clock);
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
      eventually(() -> world.status(quick).equals("sent"));
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

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("did not happen within ten seconds").isLessThan(end);
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
