package io.waymark.advisor;

import java.time.Instant;

/**
 * Published, inside the transaction, when a call was agreed, so that the engine shows the same
 * times.
 *
 * @param taskId the engine's id of the user task
 * @param until when the customer wants to be called
 * @param dueAt when the task is overdue now
 */
public record TaskPutOff(String taskId, Instant until, Instant dueAt) {}
