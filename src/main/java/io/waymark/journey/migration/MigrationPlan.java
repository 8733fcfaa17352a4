package io.waymark.journey.migration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A migration of everybody inside one version of a journey to another.
 *
 * @param hash SHA-256 over versions and settings; the approval is bound to it
 * @param decidedBy who approved or rejected it; never the author
 * @param nextAt when the next wave may begin; null while none may
 * @param waveLeft customers the present wave has still room for
 * @param moved customers it has moved so far
 */
public record MigrationPlan(
    long id,
    String journeyKey,
    long fromVersionId,
    long toVersionId,
    MigrationSettings settings,
    String hash,
    MigrationStatus status,
    String author,
    Instant createdAt,
    @Nullable Instant submittedAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable Instant startedAt,
    @Nullable Instant nextAt,
    int waveLeft,
    long moved,
    @Nullable String stoppedBy,
    @Nullable Instant finishedAt) {}
