package io.waymark.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The long form, {@code mvn -Pchaos verify}: nine nodes killed and the database crashed once with
 * each provider of text messages, thirty-six and four in all.
 */
@Tag("chaos")
class LongChaosTest {

  private static final int WAVES = 6;

  @ParameterizedTest
  @ValueSource(strings = {"sms-http", "aliyun-sms", "tencent-sms", "smpp"})
  void killed_and_crashed_all_day_the_books_agree(String provider) throws Exception {
    long seed = Long.getLong("chaos.seed", System.nanoTime());
    int customers = Integer.getInteger("chaos.customers", 600);
    try (ChaosRun run = new ChaosRun(seed, provider, customers)) {
      run.begin();
      for (int wave = 0; wave < WAVES; wave++) {
        run.wave(WAVES).kill(1 + wave % 2).recover();
        if (wave == WAVES / 2) {
          run.crashDatabase();
        }
      }
      run.settle();
    }
  }
}
