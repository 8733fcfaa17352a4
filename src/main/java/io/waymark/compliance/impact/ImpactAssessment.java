package io.waymark.compliance.impact;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One assessment of what using an audience does to people's personal information.
 *
 * @param profile tags it covers; an audience that looks at others needs a new one
 * @param scope whose data, which, for what
 * @param necessity why it is lawful, legitimate and needed (art. 56(1))
 * @param risk effect on people and security risks (art. 56(2))
 * @param measures whether the protection fits the risk (art. 56(3))
 * @param validUntil first moment at which it counts no more
 */
public record ImpactAssessment(
    long id,
    String audience,
    Set<String> profile,
    String scope,
    String necessity,
    String risk,
    String measures,
    String author,
    Instant createdAt,
    Instant validUntil,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt,
    @Nullable String rejectedBy,
    @Nullable Instant rejectedAt,
    @Nullable String rejectedBecause) {

  public ImpactAssessment {
    profile = Set.copyOf(profile);
  }

  /** Waits for an officer. */
  public boolean open() {
    return approvedBy == null && rejectedBy == null;
  }

  /** Approved and not over. */
  public boolean valid(Instant at) {
    return approvedBy != null && at.isBefore(validUntil);
  }
}
