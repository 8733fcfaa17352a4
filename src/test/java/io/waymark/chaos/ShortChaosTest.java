package io.waymark.chaos;

import org.junit.jupiter.api.Test;

/**
 * The form that runs with every build: one node killed twice, the database crashed once, and all
 * that the long form looks at. Two nodes are killed in {@link ChaosTest}.
 */
class ShortChaosTest {

  @Test
  void killed_twice_and_the_database_once_nothing_is_lost_and_nothing_is_sent_twice()
      throws Exception {
    long seed = Long.getLong("chaos.seed", System.nanoTime());
    try (ChaosRun run = new ChaosRun(seed, "sms-http", 30, 1)) {
      run.begin().wave(3).kill(1).recover().wave(3).crashDatabase().wave(3).kill(1).recover();
      run.settle();
    }
  }
}
