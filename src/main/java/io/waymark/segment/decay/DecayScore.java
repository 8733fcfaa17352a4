package io.waymark.segment.decay;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one customer's activity has fallen.
 *
 * @param recent what was measured in the window that ends at the computation
 * @param base what was measured in the window before; for a tag the average of its readings
 * @param percent how much of the former pace per day is gone, 0 to 100
 * @param alarmed whether the signal has begun and not ended
 * @param since when it last began or ended; of one who was never alarmed the first computation
 * @param computedAt when it was computed; null for one that is being computed
 */
public record DecayScore(
    long customerId,
    String branch,
    String signal,
    BigDecimal recent,
    BigDecimal base,
    int percent,
    boolean alarmed,
    Instant since,
    @Nullable Instant computedAt) {}
