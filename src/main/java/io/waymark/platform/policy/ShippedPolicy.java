package io.waymark.platform.policy;

import java.time.Instant;

/**
 * The policy that comes with the software.
 *
 * @param version whoever changes the source gives it another version
 * @param effectiveFrom applies from then on, and before it when there is nothing earlier
 */
public record ShippedPolicy(String version, Instant effectiveFrom, String source) {}
