package io.waymark.journey.drawing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One state of a drawing, without its files.
 *
 * @param hash SHA-256 of its files, see {@link DrawingFiles#hash()}
 * @param versionId the journey version it was handed in as; null when it was not
 * @param submittedBy user name of whoever handed it in; null when nobody did
 */
public record DrawingRevision(
    int revision,
    RevisionCause cause,
    String hash,
    String savedBy,
    Instant savedAt,
    @Nullable Long versionId,
    @Nullable String submittedBy,
    @Nullable Instant submittedAt) {}
