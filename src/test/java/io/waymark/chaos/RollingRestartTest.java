package io.waymark.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes are restarted one after the other while customers come, and nobody notices. */
@Tag("chaos")
class RollingRestartTest {

  @Test
  void restarted_one_after_the_other_nothing_is_lost_and_nothing_is_sent_twice() throws Exception {
    long seed = Long.getLong("chaos.seed", System.nanoTime());
    try (ChaosRun run = new ChaosRun(seed, "sms-http", 40)) {
      run.begin().wave(4).roll(4).wave(4).settle();
    }
  }
}
