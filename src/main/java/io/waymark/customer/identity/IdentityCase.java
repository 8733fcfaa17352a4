package io.waymark.customer.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two records that state the same identity and may not be merged by rule: a person decides.
 *
 * @param type code of the identity both state
 * @param reasons codes of why the rules do not say
 * @param status {@code open}, {@code merged}, {@code apart} (two persons) or {@code gone} (nothing
 *     links them any more)
 * @param decidedAt null while it waits
 */
public record IdentityCase(
    long id,
    long oneId,
    long otherId,
    String oneRef,
    String otherRef,
    String branch,
    String otherBranch,
    String type,
    List<String> reasons,
    String rulesVersion,
    Instant openedAt,
    String status,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy,
    @Nullable String decidedBecause) {

  public IdentityCase {
    reasons = List.copyOf(reasons);
  }

  /** Whether it waits for a person. */
  public boolean open() {
    return status.equals("open");
  }
}
