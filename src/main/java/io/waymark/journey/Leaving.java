package io.waymark.journey;

import org.jspecify.annotations.Nullable;

/**
 * A participation on its way out of its journey.
 *
 * @param id the participation
 * @param reason why it leaves, as a step named it; null when none did
 * @param goal the goal it reached; null when none
 * @param otherwise its instance has ended, and this is the reason if no step ever named one; null
 *     when the instance goes on
 */
public record Leaving(
    long id, @Nullable String reason, @Nullable String goal, @Nullable String otherwise) {}
