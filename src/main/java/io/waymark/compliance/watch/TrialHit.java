package io.waymark.compliance.watch;

import io.waymark.compliance.FindingLevel;
import org.jspecify.annotations.Nullable;

/**
 * One finding that a draft pack adds or drops, with its sentence opened to be shown.
 *
 * @param source {@code template}, {@code rendered}, {@code journey} or {@code message}
 * @param ref id of the template version, the journey version or the message
 * @param title name people know the content by
 * @param reader sample reader; null where there is none
 * @param change {@code caught} or {@code freed}
 * @param before the sentence up to the hit; null when the text cannot be opened any more
 */
public record TrialHit(
    String source,
    String ref,
    String title,
    @Nullable String reader,
    String change,
    String ruleId,
    FindingLevel level,
    @Nullable String before,
    String matched,
    String after) {}
