package io.waymark.platform.policy;

import java.time.Instant;

/**
 * A policy somebody proposes.
 *
 * @param version lower-case letters, digits, dots and hyphens; never used before for this kind
 * @param effectiveFrom applies from then on, but never before it is approved
 */
public record PolicyDraft(String kind, String version, Instant effectiveFrom, String source) {}
