package io.waymark.advisor;

/**
 * Published, inside the transaction, when a team leader was told of an overdue task, so that the
 * engine shows the leader the task.
 *
 * @param taskId the engine's id of the user task
 * @param leader user name
 */
public record TaskEscalated(String taskId, String leader) {}
