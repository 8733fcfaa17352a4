package io.waymark.segment.decay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one customer for one signal, beside what stood there.
 *
 * @param recent null when it is unknown
 * @param base null when it is unknown
 * @param former per cent of the last computation; null for none
 * @param since when the former state began; null for none
 * @param asOf when the tag was last written; null for never
 */
record Measured(
    long customerId,
    String branch,
    @Nullable BigDecimal recent,
    @Nullable BigDecimal base,
    @Nullable Integer former,
    boolean alarmed,
    @Nullable Instant since,
    @Nullable Instant asOf) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Per cent of the former pace that are gone; null when it cannot be said. */
  @Nullable Integer lost(DecaySignal signal) {
    if (recent == null || base == null || base.compareTo(least(signal)) < 0) {
      return null;
    }
    // A tag has a level, not a pace: its windows need not be of one length.
    BigDecimal pace =
        signal.tag() == null
            ? base.multiply(BigDecimal.valueOf(signal.recentDays()))
                .divide(BigDecimal.valueOf(signal.baseDays()), 12, RoundingMode.HALF_UP)
            : base;
    return HUNDRED
        .subtract(recent.multiply(HUNDRED).divide(pace, 0, RoundingMode.HALF_UP))
        .max(BigDecimal.ZERO)
        .min(HUNDRED)
        .intValue();
  }

  private static BigDecimal least(DecaySignal signal) {
    return BigDecimal.valueOf(signal.leastBase());
  }

  /** Whether the signal is on at this loss; between the two bounds it stays as it was. */
  boolean alarmedAt(int lost, DecaySignal signal) {
    return alarmed ? lost > signal.endsAt() : lost >= signal.beginsAt();
  }
}
