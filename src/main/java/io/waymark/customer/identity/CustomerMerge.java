package io.waymark.customer.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One merge of two records, standing or undone.
 *
 * @param survivorRef the record that goes on
 * @param absorbedRef the record that became another name of it
 * @param branch the survivor's branch at the merge
 * @param reason why they were found to be one person
 * @param undoneAt null while it stands
 */
public record CustomerMerge(
    long id,
    String survivorRef,
    String absorbedRef,
    String branch,
    String reason,
    Instant mergedAt,
    String mergedBy,
    @Nullable Instant undoneAt,
    @Nullable String undoneBy,
    @Nullable String undoneReason) {}
