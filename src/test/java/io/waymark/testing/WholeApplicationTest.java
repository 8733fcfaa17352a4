package io.waymark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

@WaymarkTest
class WholeApplicationTest {

  @Autowired Clock clock;
  @Autowired MovableClock movable;

  @RepeatedTest(2)
  void the_clock_everybody_gets_is_the_movable_one_and_is_put_back() {
    assertThat(clock.instant()).isEqualTo(MovableClock.START);

    movable.advance(Duration.ofDays(1));

    assertThat(clock.instant()).isEqualTo(MovableClock.START.plus(Duration.ofDays(1)));
  }
}
