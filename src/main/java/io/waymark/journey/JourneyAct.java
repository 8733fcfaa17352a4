package io.waymark.journey;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done with a version.
 *
 * @param version number of the version
 * @param act code, e.g. {@code published}, {@code share_raised}, {@code auto_stopped}
 * @param actor user name; {@code waymark} for what a clock or a limit did
 * @param reason in words, or null
 */
public record JourneyAct(
    int version, OffsetDateTime at, String act, String actor, @Nullable String reason) {}
