package io.waymark.journey.publication;

import io.waymark.journey.OverdueChoice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pause in which the customers inside stand still too.
 *
 * @param choice what becomes of what fell due meanwhile
 * @param spreadHours with {@link OverdueChoice#SPREAD} only
 * @param held customers inside when it began
 * @param wantedBy who wants them to go on, while that is being prepared; null: nobody yet
 */
public record Hold(
    long id,
    String journeyKey,
    String heldBy,
    Instant heldAt,
    String reason,
    OverdueChoice choice,
    @Nullable Integer spreadHours,
    long held,
    @Nullable String wantedBy,
    @Nullable Instant wantedAt) {}
