package io.waymark.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that is not chained yet.
 *
 * @param rows how many rows
 * @param oldest when the oldest of them was appended; null when there is none
 */
public record SealingLag(long rows, @Nullable Instant oldest) {}
