package io.waymark.segment.value;

import java.util.List;

/**
 * A way to divide all customers; the first tier whose rule holds is the customer's.
 *
 * @param tag the tag it is written to
 * @param basis the requirement or decision it follows
 * @param tiers in the order they are tried; the last has no rule
 */
public record TierScheme(String tag, String name, String basis, List<Tier> tiers) {

  public TierScheme {
    tiers = List.copyOf(tiers);
  }
}
