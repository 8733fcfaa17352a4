package io.waymark.compliance.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class DrawProperties {

  @Property
  void nothing_is_drawn_at_rate_zero_and_everything_at_rate_one(@ForAll long draw) {
    String hex = "%016x".formatted(draw);

    assertThat(Draw.falls(hex, 0)).isFalse();
    assertThat(Draw.falls(hex, 1)).isTrue();
  }

  @Property
  void what_a_rate_draws_every_higher_rate_draws_too(
      @ForAll long draw,
      @ForAll @DoubleRange(max = 1) double one,
      @ForAll @DoubleRange(max = 1) double other) {
    String hex = "%016x".formatted(draw);

    if (Draw.falls(hex, Math.min(one, other))) {
      assertThat(Draw.falls(hex, Math.max(one, other))).isTrue();
    }
  }

  @Property(tries = 20)
  void the_share_drawn_is_the_rate(@ForAll long seed, @ForAll @DoubleRange(max = 1) double rate) {
    Random random = new Random(seed);
    long drawn =
        IntStream.range(0, 20_000)
            .filter(one -> Draw.falls("%016x".formatted(random.nextLong()), rate))
            .count();

    assertThat(drawn / 20_000.0).isBetween(rate - 0.02, rate + 0.02);
  }
}
