package io.waymark.engine.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is stuck.
 *
 * @param subject what exactly, as {@code kind:id}
 * @param participationId null when the customer is in no journey yet
 * @param customerId null when nobody knows whom it concerns
 * @param detail words of the failure, or a code; may be empty
 */
public record StuckCase(
    String subject,
    @Nullable Long participationId,
    @Nullable Long customerId,
    String branch,
    @Nullable String instanceId,
    String node,
    String detail,
    Instant since) {}
