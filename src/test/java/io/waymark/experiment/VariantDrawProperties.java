package io.waymark.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class VariantDrawProperties {

  private static final int CUSTOMERS = 100_000;

  /** Six standard deviations of a fair draw: one false alarm in a billion, any skew of 1 % seen. */
  private static final double TOLERANCE = 6 * Math.sqrt(0.25 / CUSTOMERS);

  @Property(tries = 20)
  void each_variant_gets_its_share(
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String experiment,
      @ForAll @Size(min = 2, max = 5) List<@IntRange(max = 100) Integer> shares) {
    SortedMap<String, Integer> weights = weights(shares);
    Assume.that(weights.values().stream().anyMatch(weight -> weight > 0));
    var drawn = new TreeMap<String, Integer>();
    for (long customer = 1; customer <= CUSTOMERS; customer++) {
      drawn.merge(Assignments.draw(experiment, customer, weights), 1, Integer::sum);
    }
    double total = weights.values().stream().mapToInt(Integer::intValue).sum();
    weights.forEach(
        (variant, weight) ->
            assertThat(drawn.getOrDefault(variant, 0) / (double) CUSTOMERS)
                .as(variant)
                .isBetween(weight / total - TOLERANCE, weight / total + TOLERANCE));
  }

  @Property(tries = 20)
  void two_experiments_are_independent(
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String one,
      @ForAll @AlphaChars @StringLength(min = 1, max = 20) String other) {
    Assume.that(!one.equals(other));
    SortedMap<String, Integer> halves = VariantWeights.parse("A:50,B:50");
    int both = 0;
    for (long customer = 1; customer <= CUSTOMERS; customer++) {
      boolean first = Assignments.draw(one, customer, halves).equals("A");
      both += first && Assignments.draw(other, customer, halves).equals("A") ? 1 : 0;
    }
    assertThat(both / (double) CUSTOMERS).isBetween(0.25 - TOLERANCE, 0.25 + TOLERANCE);
  }

  private static SortedMap<String, Integer> weights(List<Integer> shares) {
    var weights = new TreeMap<String, Integer>();
    for (int i = 0; i < shares.size(); i++) {
      weights.put(Character.toString('A' + i), shares.get(i));
    }
    return weights;
  }
}
