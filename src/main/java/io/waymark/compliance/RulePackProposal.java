package io.waymark.compliance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pack somebody uploaded.
 *
 * @param effectiveFrom start of its first day
 * @param approvedBy null while nobody approved it
 */
public record RulePackProposal(
    String version,
    String hash,
    Instant effectiveFrom,
    String author,
    Instant createdAt,
    @Nullable String approvedBy,
    @Nullable Instant approvedAt) {}
