package io.waymark.advisor.absence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which an advisor is away. Only an approved one that is not withdrawn counts.
 *
 * @param from start, at midnight or noon in Asia/Shanghai
 * @param to end, exclusive, at midnight or noon in Asia/Shanghai
 * @param enteredBy the advisor or a team leader
 * @param approvedBy a team leader other than the advisor, or null while it waits
 * @param withdrawnBy who took it back, or null
 */
public record Absence(
    long id,
    String username,
    Instant from,
    Instant to,
    String enteredBy,
    @Nullable String approvedBy,
    @Nullable String withdrawnBy) {

  /** Whether it keeps tasks away from the advisor. */
  public boolean counts() {
    return approvedBy != null && withdrawnBy == null;
  }

  /** Whether a team leader has yet to say yes. */
  public boolean waits() {
    return approvedBy == null && withdrawnBy == null;
  }
}
