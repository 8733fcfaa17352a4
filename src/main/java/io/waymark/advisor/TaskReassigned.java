package io.waymark.advisor;

/**
 * Published, inside the transaction, when a person claimed a task or was handed one, so that the
 * engine shows the same assignee.
 *
 * @param taskId the engine's id of the user task
 * @param advisor user name of the new holder
 */
public record TaskReassigned(String taskId, String advisor) {}
