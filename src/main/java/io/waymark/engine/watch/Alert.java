package io.waymark.engine.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong at one node of one version, or outside of any.
 *
 * @param journeyKey empty when it belongs to no journey
 * @param node empty when it belongs to no node
 * @param status open, acknowledged or resolved
 * @param cases how many customers or things it concerns now; the last number once resolved
 * @param note what the person who acknowledged it wrote
 */
public record Alert(
    long id,
    StuckKind kind,
    String journeyKey,
    int version,
    String node,
    String status,
    long cases,
    Instant firstSeenAt,
    Instant lastSeenAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable String note,
    @Nullable Instant resolvedAt) {}
