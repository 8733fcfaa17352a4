package io.waymark.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes: three killed, the database crashed once. */
@Tag("chaos")
class ChaosTest {

  @Test
  void killed_and_crashed_nothing_is_lost_nothing_is_sent_twice_and_the_books_agree()
      throws Exception {
    long seed = Long.getLong("chaos.seed", System.nanoTime());
    try (ChaosRun run = new ChaosRun(seed, "sms-http", 60)) {
      run.begin()
          .wave(3)
          .kill(1)
          .wave(3)
          .recover()
          .crashDatabase()
          .wave(3)
          .kill(2)
          .recover()
          .settle();
    }
  }
}
