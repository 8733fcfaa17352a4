package io.waymark.segment.tagging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule a tag is or is to be computed by.
 *
 * @param rule the text, which may differ from the definition's until that is switched on as well
 * @param needsApproval whether a compliance officer who is not its author must approve it
 * @param approvedBy null while it waits for approval
 * @param computedAt when all customers were last computed by it; null before the first time
 */
public record RuleTag(
    long id,
    String tag,
    String rule,
    boolean needsApproval,
    String author,
    Instant proposedAt,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt,
    @Nullable Instant computedAt) {

  /** Whether values are computed by it. */
  public boolean inForce() {
    return approvedBy != null;
  }
}
