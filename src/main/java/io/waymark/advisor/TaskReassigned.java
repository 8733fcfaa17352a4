package io.waymark.advisor;

import org.jspecify.annotations.Nullable;

/**
 * Published, inside the transaction, when a task changed hands, so that the engine shows the same
 * assignee.
 *
 * @param taskId the engine's id of the user task
 * @param advisor user name of the new holder; null when it went back to the pool
 * @param branch whose pool
 * @param anywhere whether head office's pool sees it as well
 */
public record TaskReassigned(
    String taskId, @Nullable String advisor, String branch, boolean anywhere) {}
