package io.waymark.compliance.recall;

import java.time.Instant;

/**
 * Something may go on. Published within the lifting's transaction: what a listener writes commits
 * with it.
 *
 * @param recallId the recall
 * @param startedAt since when it stood still
 */
public record RecallLifted(long recallId, RecallTarget target, Instant startedAt) {}
