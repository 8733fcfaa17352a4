package io.waymark.journey.drawing;

import java.time.Instant;

/**
 * A working copy of a journey; its page is {@code /journeys/drawings/{id}}.
 *
 * @param author user name of whoever began it
 * @param revision number of the newest revision, from 1
 * @param savedBy user name of whoever saved that one
 */
public record Drawing(
    long id,
    String name,
    String author,
    DrawingOrigin origin,
    Instant createdAt,
    int revision,
    String savedBy,
    Instant savedAt) {}
