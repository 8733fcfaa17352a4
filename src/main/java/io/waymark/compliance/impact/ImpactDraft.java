package io.waymark.compliance.impact;

import java.time.Instant;

/**
 * An assessment somebody writes.
 *
 * @param validUntil at most three years ahead
 */
public record ImpactDraft(
    String audience,
    String scope,
    String necessity,
    String risk,
    String measures,
    Instant validUntil) {}
