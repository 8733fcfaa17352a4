package io.waymark.engine.watch;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One case of one kind, as a search found it.
 *
 * @param inGroup how many of the same kind, version and node there are in all
 */
record Found(
    String subject,
    String journeyKey,
    int version,
    String node,
    @Nullable Long participationId,
    @Nullable Long customerId,
    String branch,
    @Nullable String instanceId,
    OffsetDateTime since,
    String detail,
    long inGroup) {

  record Group(String journeyKey, int version, String node) {}

  Group group() {
    return new Group(journeyKey, version, node);
  }
}
