package io.waymark.journey.rehearsal;

import java.time.Instant;
import java.util.List;

/**
 * Who takes part in the rehearsal of an audience.
 *
 * @param customers those who are asked in, with their branches
 * @param from when they are
 * @param days how many days are played
 * @param assumptions what they and the advisors are taken to do
 */
public record Cast(List<Player> customers, Instant from, int days, Assumptions assumptions) {

  public Cast {
    customers = List.copyOf(customers);
  }

  /** One of them. */
  public record Player(long customerId, String branch) {}
}
