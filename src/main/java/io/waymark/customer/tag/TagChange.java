package io.waymark.customer.tag;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a tag whose history is kept.
 *
 * @param name the tag's Chinese name
 * @param before value until then, null when there was none; stars for a tag not shown on screen
 * @param after value from then on, null when it was taken away
 * @param at when the new value became true
 * @param actor who or what set it
 */
public record TagChange(
    String tag,
    String name,
    @Nullable String before,
    @Nullable String after,
    Instant at,
    String actor) {}
