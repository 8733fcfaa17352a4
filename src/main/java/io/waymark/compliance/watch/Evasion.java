package io.waymark.compliance.watch;

import java.time.Instant;

/**
 * A violation that was hidden in a template version.
 *
 * @param matched the place as written, with what was hidden in it
 */
public record Evasion(
    String ruleId,
    String code,
    int version,
    String author,
    String matched,
    String packVersion,
    Instant seenAt) {}
