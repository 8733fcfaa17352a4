package io.waymark.platform.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void a_piece_that_fails_does_not_end_the_work() throws InterruptedException {
    AtomicInteger rounds = new AtomicInteger();
    CountDownLatch again = new CountDownLatch(1);
    BackgroundLoop loop =
        new BackgroundLoop(
            "test-fails",
            Duration.ofMillis(1),
            LONG,
            () -> {
              if (rounds.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
              }
              again.countDown();
              return false;
            });
    loop.start();
    assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    assertThat(loop.isRunning()).isFalse();
  }

  @Test
  void it_is_woken_before_its_time() throws InterruptedException {
    AtomicInteger rounds = new AtomicInteger();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    BackgroundLoop loop =
        new BackgroundLoop(
            "test-wakes",
            LONG,
            LONG,
            () -> {
              rounds.incrementAndGet();
              first.countDown();
              second.countDown();
              return false;
            });
    loop.start();
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    loop.wake();
    assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    assertThat(rounds).hasValue(2);
  }

  @Test
  void a_stop_waits_for_the_piece_in_hand() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    BackgroundLoop loop =
        new BackgroundLoop(
            "test-stops",
            LONG,
            LONG,
            () -> {
              begun.countDown();
              pause();
              done.set(true);
              return false;
            });
    loop.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    assertThat(done).isTrue();
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
