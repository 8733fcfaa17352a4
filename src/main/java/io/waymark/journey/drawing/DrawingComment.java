package io.waymark.journey.drawing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing somebody said about a drawing.
 *
 * @param element id of the element it is about; null for the whole drawing and for answers
 * @param parent the comment it answers; null for the first of a thread
 * @param author user name
 * @param resolvedBy user name of whoever settled the thread; null while it is open
 */
public record DrawingComment(
    long id,
    @Nullable String element,
    @Nullable Long parent,
    String body,
    String author,
    Instant writtenAt,
    @Nullable String resolvedBy,
    @Nullable Instant resolvedAt) {}
