package io.waymark.platform.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a policy.
 *
 * @param hash SHA-256 of the source in lower-case hexadecimal; approval is of exactly this content
 * @param effectiveFrom the moment its author wants it to apply from
 * @param author username, {@code system} when it came with the software
 * @param shipped came with the software and needs no approval
 * @param approvedBy null while nobody approved it, and for what came with the software
 * @param rejectedBy an officer, or the author who took it back; null while nobody did
 * @param rejectedBecause the reason given
 */
public record PolicyDocument(
    String kind,
    String version,
    String hash,
    String source,
    Instant effectiveFrom,
    String author,
    Instant createdAt,
    boolean shipped,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt,
    @Nullable String rejectedBy,
    @Nullable Instant rejectedAt,
    @Nullable String rejectedBecause) {

  /** Waits for somebody to approve or reject it. */
  public boolean isProposal() {
    return !shipped && approvedBy == null && rejectedBy == null;
  }

  /**
   * When it came or comes into force: never before it was approved, so that no approval rewrites
   * what applied in the past. Null when nobody approved it.
   */
  public @Nullable Instant inForceFrom() {
    if (shipped) {
      return effectiveFrom;
    }
    return approvedAt != null && approvedAt.isBefore(effectiveFrom) ? effectiveFrom : approvedAt;
  }
}
