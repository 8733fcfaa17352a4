package io.waymark.contact.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice("io.waymark.contact.lane")
class ThrottleTest {

  private static final ProviderAnswer ACCEPTED = new ProviderAnswer.Accepted("1");
  private static final ProviderAnswer LOST = new ProviderAnswer.Unknown("lost");
  private static final ProviderAnswer REFUSED = new ProviderAnswer.Rejected("address", "", false);

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MovableClock clock;

  private final AtomicLong nanos = new AtomicLong();

  @BeforeEach
  @AfterEach
  void nobodySends() {
    jdbc.sql("delete from dispatch_node").update();
  }

  @Test
  void a_provider_that_gives_no_answers_is_left_alone_and_tried_again_after_the_pause()
      throws Exception {
    Throttle throttle = throttle(limits(0));
    for (int i = 0; i < 10; i++) {
      assertThat(throttle.permits(50)).isEqualTo(50);
      throttle.call(() -> LOST);
    }
    assertThat(throttle.permits(50)).isZero();
    assertThat(throttle.breaker()).isEqualTo(LaneState.Breaker.OPEN);
    assertThat(throttle.call(() -> ACCEPTED)).as("no call while it is left alone").isNull();
    assertThat(throttle.lastTrouble()).isNotNull();
    assertThat(throttle.failuresLastMinute()).isEqualTo(10);

    Thread.sleep(400);
    assertThat(throttle.permits(50)).isEqualTo(2);
    assertThat(throttle.breaker()).isEqualTo(LaneState.Breaker.TRYING);
    throttle.call(() -> ACCEPTED);
    throttle.call(() -> ACCEPTED);
    assertThat(throttle.breaker()).isEqualTo(LaneState.Breaker.CLOSED);
    assertThat(throttle.permits(50)).isEqualTo(50);
  }

  @Test
  void refusals_of_single_messages_say_nothing_against_the_provider() {
    Throttle throttle = throttle(limits(0));
    for (int i = 0; i < 30; i++) {
      throttle.call(() -> REFUSED);
    }
    assertThat(throttle.breaker()).isEqualTo(LaneState.Breaker.CLOSED);
    assertThat(throttle.lastMinute()).isEqualTo(30);
    assertThat(throttle.failuresLastMinute()).isZero();
  }

  @Test
  void no_more_permits_are_given_than_the_account_allows() throws Exception {
    Throttle throttle = throttle(limits(100));
    long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
    int sent = 0;
    while (System.nanoTime() < end) {
      int allowed = throttle.permits(50);
      throttle.spend(allowed);
      sent += allowed;
      Thread.sleep(5);
    }
    // 150 in a second and a half, and one step of ten that was at hand before.
    assertThat(sent).isBetween(100, 170);
    assertThat(throttle.perSecond()).isEqualTo(100.0);
  }

  @Test
  void a_second_node_sends_only_after_the_first_knows_of_it_and_each_has_half() {
    SendingNodes first = node();
    SendingNodes second = node();
    assertThat(first.sharing()).isEqualTo(1);
    assertThat(second.sharing()).as("the first still takes it all").isZero();
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(first.sharing()).isEqualTo(2);
    assertThat(second.sharing()).isZero();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(second.sharing()).isEqualTo(2);
    second.leave();
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(first.sharing()).isEqualTo(1);
  }

  @Test
  void a_node_that_was_away_longer_than_the_others_remember_joins_anew() {
    SendingNodes first = node();
    SendingNodes second = node();
    first.sharing();
    second.sharing();
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(second.sharing()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(30));
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(first.sharing()).as("takes all again").isEqualTo(1);
    assertThat(second.sharing()).isZero();
  }

  @Test
  void of_a_slow_provider_only_so_many_are_taken_as_leave_soon() {
    Throttle throttle = throttle(limits(0));
    assertThat(throttle.permits(250)).isEqualTo(250);
    for (int i = 0; i < 3; i++) {
      throttle.call(
          () -> {
            try {
              Thread.sleep(700);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return ACCEPTED;
          });
    }
    assertThat(throttle.permits(250)).isBetween(4, 45);
  }

  @Test
  void a_rate_below_one_in_a_step_is_kept_too() {
    Throttle throttle = throttle(limits(0.5));
    assertThat(throttle.permits(50)).isEqualTo(1);
    throttle.spend(1);
    assertThat(throttle.permits(50)).isZero();
  }

  private SendingNodes node() {
    return new SendingNodes(jdbc, transaction, clock, nanos::get);
  }

  private Throttle throttle(ProviderLimits limits) {
    return new Throttle("test", limits, node(), clock);
  }

  private static ProviderLimits limits(double perSecond) {
    return new ProviderLimits(perSecond, 4, 10, 10, 50, Duration.ofMillis(300), 2);
  }
}
