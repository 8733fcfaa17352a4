package io.waymark.evidence;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An act as it stands in the log.
 *
 * @param facts as appended; numbers come back as the smallest type that holds them
 * @param sealNumber place in the chain; null until the sealer reached the row
 */
public record EvidenceRow(
    long id,
    Instant at,
    EvidenceKind kind,
    String subject,
    @Nullable Long customerId,
    @Nullable String branch,
    String actor,
    Map<String, Object> facts,
    @Nullable Long sealNumber) {}
