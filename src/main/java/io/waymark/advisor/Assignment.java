package io.waymark.advisor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a task went.
 *
 * @param advisor user name, or null when it waits in the branch's pool until someone claims it
 * @param reason Chinese sentence that says why
 * @param dueAt when it is overdue, counted in working hours
 */
public record Assignment(@Nullable String advisor, String reason, Instant dueAt) {}
