package io.waymark.segment.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer and the stage the policy puts him in now.
 *
 * @param former the stage he was in; null for none
 * @param asOf when the tag was last written; null for never
 * @param next the stage he is in now; null when nothing can be said
 */
record StageMove(
    long customerId,
    String branch,
    @Nullable String former,
    @Nullable Instant asOf,
    @Nullable String next) {

  boolean moves() {
    return next != null && !next.equals(former);
  }
}
