package io.waymark.compliance.recall;

/**
 * Something is stopped. Published within the recall's transaction: what a listener writes commits
 * with it.
 *
 * @param recallId the recall
 */
public record RecallStarted(long recallId, RecallTarget target) {}
