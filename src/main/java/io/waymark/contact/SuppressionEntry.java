package io.waymark.contact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One customer on a list.
 *
 * @param until the first moment at which marketing is allowed again
 * @param releasedAt when somebody took him off; null while he is on it
 * @param releasedBecause why; null while he is on it
 */
public record SuppressionEntry(
    long id,
    String list,
    long customerId,
    String branch,
    Instant since,
    Instant until,
    String actor,
    @Nullable Instant releasedAt,
    @Nullable String releasedBecause) {}
