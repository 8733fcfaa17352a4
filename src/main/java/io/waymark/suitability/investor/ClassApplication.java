package io.waymark.suitability.investor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An application to change class, and what became of it.
 *
 * @param materials archive numbers of the proofs, never the proofs or amounts themselves
 * @param status {@code applied}, {@code tested}, {@code approved}, {@code refused} or {@code
 *     withdrawn}
 * @param testScore 0 to 100; null while not tested
 * @param reason why it was refused or withdrawn, or the officer's remark
 * @param policyVersion the suitability policy whose requirements applied when it was made
 */
public record ClassApplication(
    long id,
    long customerId,
    String branch,
    Route route,
    String materials,
    String status,
    Instant appliedAt,
    String appliedBy,
    @Nullable Integer testScore,
    @Nullable Boolean testPassed,
    @Nullable Instant testedAt,
    @Nullable String testedBy,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy,
    @Nullable String reason,
    String policyVersion) {

  /** Whether somebody still has to decide. */
  public boolean open() {
    return status.equals("applied") || status.equals("tested");
  }
}
