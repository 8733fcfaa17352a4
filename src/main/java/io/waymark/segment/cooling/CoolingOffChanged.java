package io.waymark.segment.cooling;

import java.time.Instant;
import java.util.List;

/**
 * Application event, published inside the writing transaction: cooling-off periods began or ended
 * early. A listener that writes, writes in the same transaction. One that is over by time is not
 * announced.
 *
 * @param began true when they began, false when they were lifted
 * @param periods of one or several customers, in order of customer
 */
public record CoolingOffChanged(boolean began, List<Period> periods) {

  public CoolingOffChanged {
    periods = List.copyOf(periods);
  }

  /**
   * One customer's period.
   *
   * @param rule code of the rule that began it
   * @param version of the policy it was begun under
   * @param until the first moment after it, were it not lifted
   */
  public record Period(
      long customerId, String branch, String rule, String version, Instant until) {}
}
