package io.waymark.segment.value;

import java.math.BigDecimal;

/**
 * What RFM says of one customer; 9 or the number of groups is best, 1 worst. Equal figures have
 * equal scores.
 *
 * @param recencyDays days in China from the last purchase to the computation
 * @param frequency purchases in the window
 * @param monetary yuan paid in the window
 */
public record RfmScore(
    long customerId, int recencyDays, long frequency, BigDecimal monetary, int r, int f, int m) {

  /** The tag's value, e.g. {@code 545}. */
  public String code() {
    return "%d%d%d".formatted(r, f, m);
  }
}
