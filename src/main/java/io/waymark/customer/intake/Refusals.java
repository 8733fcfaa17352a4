package io.waymark.customer.intake;

import org.jspecify.annotations.Nullable;

/** How often rows of a source were refused for the same reason, with one masked sample. */
public record Refusals(
    String source,
    String kind,
    String field,
    String code,
    String message,
    long rows,
    @Nullable String sample) {}
