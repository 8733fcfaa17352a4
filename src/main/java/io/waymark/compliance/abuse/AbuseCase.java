package io.waymark.compliance.abuse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A suspicion that a campaign is abused.
 *
 * @param rule code of the velocity rule
 * @param signal {@code device}, {@code ip} or {@code contact}
 * @param mark the first letters of the value's keyed hash: enough to tell two apart, not to know it
 * @param branch of the first customer involved
 * @param customers how many are involved
 * @param decidedBy null while it is open
 */
public record AbuseCase(
    long id,
    String rule,
    String signal,
    String mark,
    String branch,
    AbuseStatus status,
    Instant openedAt,
    String policyVersion,
    int customers,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason) {}
