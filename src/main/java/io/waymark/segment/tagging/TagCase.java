package io.waymark.segment.tagging;

import org.jspecify.annotations.Nullable;

/**
 * One case of a rule tag.
 *
 * @param value what the tag becomes
 * @param rule who gets it, in the language of audiences; null for all others
 */
public record TagCase(String value, @Nullable String rule) {}
