package io.waymark.channel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class ChanceProperties {

  @Property(tries = 200)
  void the_same_seed_gives_the_same_misfortunes(
      @ForAll long seed, @ForAll long high, @ForAll long low) {
    UUID id = new UUID(high, low);
    assertThat(new Chance(seed).roll("drop", id, 1))
        .isEqualTo(new Chance(seed).roll("drop", id, 1));
    assertThat(new Chance(seed).roll("drop", id, 1)).isBetween(0.0, Math.nextDown(1.0));
  }

  @Property(tries = 20)
  void a_rate_strikes_about_so_often_for_ids_in_sequence(
      @ForAll @DoubleRange(min = 0, max = 1) double rate, @ForAll long seed) {
    Chance chance = new Chance(seed);
    int struck = 0;
    for (int i = 0; i < 4000; i++) {
      struck += chance.strikes(rate, "drop", new UUID(1, i), 1) ? 1 : 0;
    }
    assertThat(struck / 4000.0).isBetween(rate - 0.05, rate + 0.05);
  }
}
